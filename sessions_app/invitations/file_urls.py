"""Addresses of published files, without a language: they are the same in all."""

from django.urls import path

from sessions_app.invitations import public

urlpatterns = [
    path("<slug:edition>/materials/<slug:code>/", public.material, name="material"),
    path(
        "<slug:edition>/speakers/<slug:code>/<slug:version>.jpg",
        public.photo,
        name="speaker_photo",
    ),
]

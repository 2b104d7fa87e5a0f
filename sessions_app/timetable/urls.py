"""Addresses of the public programme, below /<language>/."""

from django.urls import path

from sessions_app.timetable import views

urlpatterns = [
    path("<slug:edition>/programme/", views.programme, name="programme"),
    path("<slug:edition>/programme/<slug:code>/", views.session, name="session"),
    path("<slug:edition>/speakers/", views.speakers, name="speakers"),
    path("<slug:edition>/speakers/<slug:code>/", views.speaker, name="speaker"),
]

"""Addresses of one's own registration, below /<language>/."""

from django.urls import path

from forum.registrations import views

urlpatterns = [
    path("<slug:edition>/register/", views.register, name="register"),
    path("<slug:edition>/me/change/", views.edit, name="registration_edit"),
    path("<slug:edition>/me/accept/", views.accept, name="registration_accept"),
    path("<slug:edition>/me/cancel/", views.cancel, name="registration_cancel"),
]

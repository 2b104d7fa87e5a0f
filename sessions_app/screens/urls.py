"""Addresses of what runs now, below /<language>/; the data of the displays has all languages."""

from django.urls import path

from sessions_app.screens import views

urlpatterns = [
    path("<slug:edition>/now/", views.now, name="now"),
    path("<slug:edition>/now/screen/", views.screen, name="screen"),
    path("<slug:edition>/now/screen.json", views.feed, name="screen_feed"),
]

"""Addresses of the pages that show everything, below /<language>/."""

from django.urls import path

from sessions_app.overview import views

urlpatterns = [path("<slug:edition>/me/", views.me, name="me")]

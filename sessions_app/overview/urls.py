"""Addresses of the pages that show everything, below /<language>/."""

from django.urls import path

from sessions_app.overview import views

urlpatterns = [
    path("", views.home, name="home"),
    path("editions/", views.editions, name="editions"),
    path("<slug:edition>/", views.edition, name="edition"),
    path("<slug:edition>/me/", views.me, name="me"),
    path("<slug:edition>/desk/", views.desk, name="desk"),
]

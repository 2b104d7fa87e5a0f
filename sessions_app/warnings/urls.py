"""Addresses of the desk's pages of warnings, below /<language>/."""

from django.urls import path

from sessions_app.warnings import views

urlpatterns = [
    path("<slug:edition>/desk/warnings/", views.findings, name="desk_warnings"),
    path("<slug:edition>/desk/warnings/levels/", views.levels, name="desk_warning_levels"),
]

"""Addresses of what belongs to my forum, below /<language>/."""

from django.urls import path

from sessions_app.my_forum import views

BASE = "<slug:edition>/me/"

urlpatterns = [
    path(f"{BASE}seen/<int:number>/", views.seen, name="my_changes_seen"),
    path(f"{BASE}calendar/", views.calendar, name="my_calendar"),
    path(f"{BASE}calendar/renew/", views.renew, name="my_calendar_renew"),
    path(f"{BASE}calendar/off/", views.switch_off, name="my_calendar_off"),
]

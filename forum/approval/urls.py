"""Addresses of the desk for registrations, below /<language>/."""

from django.urls import path

from forum.approval import entry_views, views

DESK = "<slug:edition>/desk/registrations/"

urlpatterns = [
    path(DESK, views.registrations, name="desk_registrations"),
    path(f"{DESK}list.xlsx", views.workbook, name="desk_registrations_xlsx"),
    path(f"{DESK}new/", entry_views.new, name="desk_registrations_new"),
    path(f"{DESK}waiting/", views.waiting, name="desk_registrations_waiting"),
    path(f"{DESK}decide/", views.decide, name="desk_registrations_decide"),
    path(f"{DESK}undo/<str:code>/", views.undo, name="desk_registrations_undo"),
    path(f"{DESK}<str:code>/", views.registration, name="desk_registration"),
    path(f"{DESK}<str:code>/change/", entry_views.change, name="desk_registration_change"),
]

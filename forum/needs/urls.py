"""Addresses of what delegates need, below /<language>/."""

from django.urls import path

from forum.needs import views

urlpatterns = [
    path("<slug:edition>/me/needs/", views.mine, name="my_needs"),
    path("<slug:edition>/desk/needs/", views.days, name="desk_needs"),
    path("<slug:edition>/desk/needs/sessions/", views.sessions, name="desk_needs_sessions"),
    path("<slug:edition>/desk/needs/meals/", views.meals, name="desk_needs_meals"),
    path("<slug:edition>/desk/needs/people/", views.people, name="desk_needs_people"),
    path("<slug:edition>/desk/needs/people.xlsx", views.people_xlsx, name="desk_needs_xlsx"),
    path("<slug:edition>/desk/needs/erase/", views.erase, name="desk_needs_erase"),
]

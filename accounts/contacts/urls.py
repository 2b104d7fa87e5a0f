"""Addresses below /<language>/accounts/organisations/."""

from django.urls import path

from accounts.contacts import views

urlpatterns = [
    path("", views.my_organisations, name="my_organisations"),
    path("ask/", views.ask, name="contact_ask"),
    path("mine/<slug:contact>/end/", views.end_own, name="contact_end_own"),
    path("<slug:code>/people/", views.people, name="organisation_people"),
    path("<slug:code>/people/<slug:contact>/confirm/", views.confirm, name="contact_confirm"),
    path("<slug:code>/people/<slug:contact>/decline/", views.decline, name="contact_decline"),
    path("<slug:code>/people/<slug:contact>/end/", views.end, name="contact_end"),
]

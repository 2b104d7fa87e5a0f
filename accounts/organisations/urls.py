"""Addresses below /<language>/accounts/organisations/."""

from django.urls import path

from accounts.organisations import views

urlpatterns = [path("search/", views.search, name="organisation_search")]

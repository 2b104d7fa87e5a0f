"""Addresses below /<language>/accounts/consents/."""

from django.urls import path

from accounts.privacy import views

urlpatterns = [path("", views.consents, name="consents")]

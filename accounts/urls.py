"""The app's table of contents: its features' addresses, below /<language>/accounts/."""

from django.urls import include, path

urlpatterns = [
    path("organisations/", include("accounts.organisations.urls")),
    path("organisations/", include("accounts.contacts.urls")),
    path("consents/", include("accounts.privacy.urls")),
    path("", include("accounts.sign_in.urls")),
]

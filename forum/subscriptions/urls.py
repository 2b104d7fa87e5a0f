"""Addresses of one's choice of letters, below /<language>/."""

from django.urls import path

from forum.subscriptions import views

urlpatterns = [
    path("accounts/letters/", views.choices, name="letters"),
    path("accounts/letters/<str:topic>/<str:token>/", views.choice, name="letters_choice"),
]

"""The app's table of contents: its features' admins, where autodiscover looks for them."""

from forum.editions import admin as editions
from forum.mailing import admin as mailing
from forum.needs import admin as needs
from forum.registrations import admin as registrations

__all__ = ["editions", "mailing", "needs", "registrations"]

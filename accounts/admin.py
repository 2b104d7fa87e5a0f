"""The app's table of contents: its features' admins, where autodiscover looks for them."""

from accounts.organisations import admin as organisations
from accounts.privacy import admin as privacy
from accounts.users import admin as users

__all__ = ["organisations", "privacy", "users"]

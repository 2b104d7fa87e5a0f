"""The app's table of contents: its features' admins, where autodiscover looks for them."""

from django.contrib import admin

from accounts.organisations import admin as organisations
from accounts.privacy import admin as privacy
from accounts.users import admin as users

__all__ = ["organisations", "privacy", "users"]

# Beside filters it leaves a list too little room; the front page and the path above lead as well.
admin.site.enable_nav_sidebar = False

"""The app's table of contents: its features' admins, where autodiscover looks for them."""

from allauth.account import admin as addresses
from allauth.mfa import admin as second_factors
from django.contrib import admin
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS

from accounts.contacts import admin as contacts
from accounts.organisations import admin as organisations
from accounts.privacy import admin as privacy
from accounts.users import admin as users

__all__ = ["contacts", "organisations", "privacy", "users"]

# A person's form keeps their address, an action takes their second factor away: these lists would
# show the same, and secrets besides. They were registered by the import above.
admin.site.unregister([addresses.EmailAddress, second_factors.Authenticator])

# Beside filters it leaves a list too little room; the front page and the path above lead as well.
admin.site.enable_nav_sidebar = False

# The fields that search while one types know no Kazakh; static/admin/js holds it.
SELECT2_TRANSLATIONS["kk"] = "kk"

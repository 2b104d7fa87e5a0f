"""The app's table of contents: its features' admins, where autodiscover looks for them."""

from sessions_app.invitations import admin as invitations
from sessions_app.releases import admin as releases
from sessions_app.sessions import admin as sessions
from sessions_app.timetable import admin as timetable
from sessions_app.warnings import admin as warnings

__all__ = ["invitations", "releases", "sessions", "timetable", "warnings"]

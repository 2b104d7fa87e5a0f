"""The app's table of contents: its features' models."""

from sessions_app.sessions.models import Appearance, Kind, Role, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room, Slot, SlotSpeaker

__all__ = [
    "Appearance",
    "Kind",
    "Placement",
    "Release",
    "Role",
    "Room",
    "Session",
    "Slot",
    "SlotSpeaker",
    "Speaker",
    "Track",
]

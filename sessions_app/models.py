"""The app's table of contents: its features' models."""

from sessions_app.my_forum.models import MyForum
from sessions_app.seats.models import Seat, Star
from sessions_app.sessions.models import Appearance, Kind, Material, Role, Session, Track
from sessions_app.sessions.seating import Seating
from sessions_app.speakers.models import Speaker, SpeakerAvailability
from sessions_app.timetable.log import Draft, DraftChange
from sessions_app.timetable.models import (
    Building,
    Placement,
    Release,
    Room,
    RoomAvailability,
    Slot,
    SlotSpeaker,
    Walk,
)
from sessions_app.warnings.models import WarningLevel

__all__ = [
    "Appearance",
    "Building",
    "Draft",
    "DraftChange",
    "Kind",
    "Material",
    "MyForum",
    "Placement",
    "Release",
    "Role",
    "Room",
    "RoomAvailability",
    "Seat",
    "Seating",
    "Session",
    "Slot",
    "SlotSpeaker",
    "Speaker",
    "SpeakerAvailability",
    "Star",
    "Track",
    "Walk",
    "WarningLevel",
]

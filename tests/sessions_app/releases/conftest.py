"""The timetable's small edition: two rooms, two speakers, the morning of 16 October 2025."""

from tests.sessions_app.timetable.conftest import NOW, Placer, at, edition, hall, placed, speaker

__all__ = ["NOW", "Placer", "at", "edition", "hall", "placed", "speaker"]

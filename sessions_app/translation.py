"""The app's table of contents for modeltranslation, which looks for this module."""

import sessions_app.sessions.translation
import sessions_app.speakers.translation
import sessions_app.timetable.translation  # noqa: F401

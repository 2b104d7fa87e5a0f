"""The app's table of contents for modeltranslation, which looks for this module."""

import forum.editions.translation  # noqa: F401

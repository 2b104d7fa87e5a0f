"""The app's table of contents for modeltranslation, which looks for this module."""

import accounts.organisations.translation
import accounts.privacy.translation  # noqa: F401

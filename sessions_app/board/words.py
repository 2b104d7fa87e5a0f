"""What the board's script says: sentences with named holes, in the page's language."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Return every sentence of the script by its name there."""
    return _about_blocks() | _while_carrying() | _about_the_server()


def _about_blocks() -> dict[str, str]:
    return {
        "all_days": _("All days"),
        "all_placed": _("Every session has a room and a time."),
        "cancelled": _("Cancelled"),
        "chosen": _("Chosen: %(count)s"),
        "expected": _("expected audience: %(count)s"),
        "marked": _("Warnings: %(count)s"),
        "minutes": _("%(minutes)s min"),
        "no_findings": _("There are no warnings."),
        "none_found": _("Nothing of what is not placed fits the search."),
        "nowhere": _("Not placed"),
        "outside": _("outside the forum's days"),
        "seats": _("seats: %(count)s"),
        "shared": _("shared"),
        "where": _("%(room)s, %(day)s, %(time)s"),
    }


def _while_carrying() -> dict[str, str]:
    return {
        "carried": _(
            "“%(session)s” is picked up. Arrows move it, with Shift they change its length,"
            " Enter drops it, Escape puts it back."
        ),
        "free": _("It can stand here."),
        "group_out": _("Not all of the chosen sessions would have a room and a day there."),
        "moved": _("“%(session)s”: %(where)s."),
        "moved_all": _("Sessions moved: %(count)s."),
        "put_back": _("“%(session)s” stays where it was."),
        "redone": _("What you took back is done again."),
        "swap": _("“%(session)s” and “%(other)s” change places."),
        "taken_out": _("“%(session)s” is taken out of the timetable."),
        "to_tray": _("“%(session)s” would be taken out of the timetable."),
        "undone": _("Your last change is taken back."),
    }


def _about_the_server() -> dict[str, str]:
    return {
        "close": _("Close"),
        "more_changes": _("And more changes: %(count)s."),
        "not_sent": _("The server could not be reached; nothing was changed. Try again."),
        "offline": _("No connection. What you see is as it was at %(time)s."),
        "signed_out": _("You are signed out. Reload the page and sign in again."),
    }

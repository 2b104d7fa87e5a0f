"""What the check-in page's script says: sentences with named holes, in the page's language.

They go along with the page, since the script decides without a network too.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.arrivals.models import Verdict


def answers() -> dict[str, tuple[str, str]]:
    """Return for each verdict the word that is read from afar, and what to do."""
    return (
        _against_the_ticket()
        | _against_the_person()
        | {
            Verdict.ALREADY_IN: (
                pgettext("door", "In already"),
                _("This ticket let somebody in at %(time)s: %(place)s."),
            ),
            Verdict.WELCOME: (pgettext("door", "Welcome"), ""),
        }
    )


def _against_the_ticket() -> dict[str, tuple[str, str]]:
    return {
        Verdict.REVOKED: (
            pgettext("door", "Device barred"),
            _("The organisers have barred this device. Ask them to set it up anew."),
        ),
        Verdict.UNKNOWN: (
            pgettext("door", "Unknown"),
            _("This is no ticket of the forum. Look the person up by name."),
        ),
        Verdict.FORGED: (
            pgettext("door", "Not genuine"),
            _("We did not make this ticket. Look the person up by name, or call an organiser."),
        ),
        Verdict.OTHER_EDITION: (
            pgettext("door", "Another forum"),
            _("This is a ticket of another forum. Ask for the right one."),
        ),
        Verdict.REPLACED: (
            pgettext("door", "Replaced"),
            _("There is a newer ticket for this person. Ask for it, or search for the name."),
        ),
    }


def _against_the_person() -> dict[str, tuple[str, str]]:
    to_organisers = _("Send the person to the organisers.")
    return {
        Verdict.CANCELLED: (
            pgettext("door", "Cancelled"),
            _("This registration was cancelled.") + " " + to_organisers,
        ),
        Verdict.DECLINED: (
            pgettext("door", "Declined"),
            _("The organisers have declined this registration.") + " " + to_organisers,
        ),
        Verdict.AWAITING: (
            pgettext("door", "Not approved"),
            _("Nobody has approved this registration yet.") + " " + to_organisers,
        ),
        Verdict.WAITING: (
            pgettext("door", "Waiting list"),
            _("The person waits for a place.") + " " + to_organisers,
        ),
        Verdict.OFFERED: (
            pgettext("door", "Not accepted"),
            _("A place is kept for the person, who has to accept it in My forum first."),
        ),
        Verdict.OTHER_DAY: (
            pgettext("door", "Another day"),
            _("The ticket does not hold today. It holds on: %(days)s."),
        ),
        Verdict.NO_SEAT: (
            pgettext("door", "No seat here"),
            _("The person has no seat in this session."),
        ),
        Verdict.ENDED_SINCE: (
            pgettext("door", "Cancelled since"),
            _("The person was let in, and the registration was cancelled afterwards."),
        ),
        Verdict.TURNED_AWAY: (
            pgettext("door", "Turned away"),
            _("The ticket holds, though this device turned the person away without a network."),
        ),
    }


def words() -> dict[str, str]:
    """Return every other sentence of the script by its name there."""
    return (
        _about_the_device()
        | _about_the_network()
        | {
            "camera_off": _("Stop the camera"),
            "camera_on": _("Scan with the camera"),
            "camera_refused": _(
                "The browser gives no camera. Allow it in the browser's settings, or use a scanner"
                " or the name."
            ),
            "check_in": _("Check in"),
            "inside": _("in since %(time)s: %(place)s"),
            "none_found": _("Nobody fits this search."),
            "put_back": _("Take back"),
            "taken_back": _("Taken back"),
            "told_otherwise": _("Sent: %(answer)s"),
        }
    )


def _about_the_device() -> dict[str, str]:
    return {
        "forgotten": _("This device is not set up for this forum. Give it a name first."),
        "insecure": _(
            "This page was opened without encryption (https), so the browser allows no check-in."
        ),
        "not_stored": _(
            "The browser keeps nothing, in a private window for example. Open another."
        ),
        "revoked": _("The organisers have barred this device. Ask them to set it up anew."),
        "over": _("This forum is over; the list was erased from this device."),
    }


def _about_the_network() -> dict[str, str]:
    return {
        "list_loading": _("The list is loading: %(count)s of %(total)s"),
        "list_none": _("There is no list on this device yet."),
        "list_of": _("List of %(time)s, people: %(count)s"),
        "no_list": _(
            "This device has no list, so it cannot decide. Connect it, or write the name down."
        ),
        "not_listed": _(
            "Not in this device's list, which is of %(time)s. Look the person up by name, or send"
            " them to a device with a network."
        ),
        "offline": _("No network. The device decides by its list."),
        "online": _("Connected"),
        "signed_out": _("You are signed out. What was scanned stays here until you sign in again."),
        "undo_offline": _("Taking back needs a network. Try again when there is one."),
        "waiting": _("Waiting to be sent: %(count)s"),
    }

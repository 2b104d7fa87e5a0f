"""Why something at the doors is refused: each error's text is a sentence that a person may read."""

from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal


class ArrivalError(Refusal):
    """What was asked cannot be done; `str()` says why, in the reader's language."""


class Unreadable(ArrivalError):
    """What a device sent is not what the page's script sends."""

    sentence = gettext_lazy("The server could not read this. Reload the page.")


class TooMany(ArrivalError):
    """More scans at once than are taken."""


class UnknownDevice(ArrivalError):
    """No device of this edition has this key."""

    sentence = gettext_lazy("This device is not set up for this forum. Give it a name first.")


class DeviceRevoked(ArrivalError):
    """An organiser barred the device."""

    sentence = gettext_lazy("The organisers have barred this device. Ask them to set it up anew.")


class NotIn(ArrivalError):
    """There is nothing to take back: nobody was let in by that scan, or it is undone already."""

    sentence = gettext_lazy("Nobody was let in by this scan, or it is taken back already.")


class ReasonMissing(ArrivalError):
    """Taking back needs a reason."""

    sentence = gettext_lazy("Say why the check-in is taken back.")

"""The secret address of a delegate's own calendar, which its owner can change and switch off."""

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.registrations.models import Registration
from sessions_app.my_forum.errors import CalendarEnded
from sessions_app.my_forum.models import my_forum_of

_SALT = "sessions_app.my_forum.calendar"


def calendar_address(registration: Registration) -> str:
    """Return the whole address of the calendar, in the language that is active; "" if it is off."""
    if my_forum_of(registration).calendar_off_at:
        return ""
    secret = calendar_secret(registration)
    path = reverse("my_ics", kwargs={"edition": registration.edition.slug, "secret": secret})
    return f"{settings.BASE_URL}{path}?lang={get_language() or settings.LANGUAGE_CODE}"


def calendar_secret(registration: Registration) -> str:
    """Sign the registration's code and the address's number: nobody guesses it."""
    return _signer().sign(f"{registration.code}-{my_forum_of(registration).calendar_number}")


def get_by_secret(edition: str, secret: str) -> Registration:
    """Return the live registration whose calendar opens with `secret`.

    What we never signed is a 404; raises CalendarEnded for an address that held once. A secret that
    was signed under a key of SECRET_KEY_FALLBACKS holds on.
    """
    no_calendar = _("There is no such calendar. Take its address from “My forum” anew.")
    try:
        code, _dash, number = _signer().unsign(secret).rpartition("-")
    except signing.BadSignature as error:
        raise Http404(no_calendar) from error
    public = Registration.objects.filter(edition__in=Edition.objects.public())
    known = public.filter(edition__slug=edition, code=code)
    found = known.select_related("edition", "my_forum").first()
    if found is None:
        raise Http404(no_calendar)
    mine = my_forum_of(found)
    if mine.calendar_off_at or number != str(mine.calendar_number) or not found.is_live:
        raise CalendarEnded
    return found


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")

"""A ticket to keep or to print: one page that needs no network at the entrance."""

import datetime as dt
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.registrations.models import Registration
from forum.templatetags.content import wording_of
from forum.templatetags.frame import dates_line, day_line
from forum.tickets.codes import ticket_payload
from forum.typesetting.glyphs import printable
from forum.typesetting.names import names_of
from forum.typesetting.qr import qr_svg
from forum.typesetting.sheets import typeset

SHEET = Path(__file__).parent / "sheets/ticket.typ"


def ticket_pdf(registration: Registration, *, at: dt.datetime) -> bytes:
    """Return the newest ticket as a page of A5, in the active language."""
    edition, names = registration.edition, names_of(registration.person)
    organisation = registration.organisation
    body = wording_of(organisation, "name").text if organisation else ""
    places = (wording_of(edition, "venue").text, wording_of(edition, "city").text)
    days = "; ".join(day_line(day) for day in sorted(registration.days))
    facts = [
        (_("Number"), registration.code),
        (_("I come for"), str(registration.get_category_display())),
        (_("Days"), days or dates_line(edition)),
        (_("Where"), printable(", ".join(filter(None, places)))),
    ]
    data = {
        "language": get_language(),
        "title": _("Ticket %(code)s") % {"code": registration.code},
        "edition": printable(wording_of(edition, "name").text),
        "name": names.first,
        "latin": names.second,
        "organisation": printable(body),
        "facts": [fact for fact in facts if fact[1]],
        "hint": _("Show this code at the entrance, on the screen or on paper."),
        "qr": qr_svg(ticket_payload(registration)),
    }
    return typeset(SHEET, data, at=at)

"""Sets a document as PDF, in its language, from what its row keeps and what its edition says."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.documents.models import Document, Kind
from forum.editions.models import Edition
from forum.templatetags.content import wording_of
from forum.templatetags.frame import dates_line, day_line
from forum.typesetting.glyphs import printable
from forum.typesetting.qr import qr_svg
from forum.typesetting.sheets import typeset

SHEETS = Path(__file__).parent / "sheets"


def verify_address(document: Document) -> str:
    """Return the whole public address at which the document is verified, in its language."""
    with translation.override(document.language):
        path = reverse("verify", args=[document.edition.slug, document.code])
    return settings.BASE_URL + path


def paper_of(document: Document) -> bytes:
    """Return the PDF; the same row and edition make the same bytes."""
    with translation.override(document.language):
        tell = _certificate if document.kind == Kind.CERTIFICATE else _invitation
        data = _common(document) | tell(document)
    return typeset(SHEETS / f"{document.kind}.typ", data, at=document.issued_at)


def _common(document: Document) -> dict[str, Any]:
    edition = document.edition
    address = verify_address(document)
    issued = document.issued_at.astimezone(edition.zone)
    return {
        "language": document.language,
        "title": f"{document.get_kind_display()}: {document.name}",
        "heading": str(document.get_kind_display()),
        "name": document.name,
        "edition": _said(edition, "name"),
        "theme": _said(edition, "theme"),
        "where": ", ".join(filter(None, (_said(edition, "venue"), _said(edition, "city")))),
        "dates": dates_line(edition),
        "number": _("No. %(number)s") % {"number": document.full_number},
        "issued": date_format(issued, "DATE_FORMAT"),
        "signer": _said(edition, "signer_name"),
        "signer_position": _said(edition, "signer_position"),
        "organisers": [printable(one) for one in _said_lines(edition)],
        "verify": _("Anybody can check this document at the address in the code, or here:"),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "code": document.spaced_code,
        "qr": qr_svg(address),
    }


def _certificate(document: Document) -> dict[str, Any]:
    days = "; ".join(day_line(day) for day in document.days)
    return {
        "sentence": _("took part in the forum, which its organisers confirm with this certificate"),
        "days": _("Days of attendance: %(days)s") % {"days": days} if days else "",
    }


def _invitation(document: Document) -> dict[str, Any]:
    edition = document.edition
    told = [(pgettext("letter", "Forum"), _said(edition, "name"))]
    told += [(pgettext("letter", "Theme"), _said(edition, "theme"))]
    told += [(pgettext("letter", "Days"), dates_line(edition))]
    told += [(pgettext("letter", "Place"), _common(document)["where"])]
    told += [(pgettext("letter", "Registration"), document.registration.code)]
    return {
        "to": [one for one in (document.name, document.job_title, document.organisation) if one],
        "facts": [fact for fact in told if fact[1]],
        "paragraphs": [
            _("We invite you to take part in the forum named below. A place is kept for you."),
            _(
                "This letter may be shown to an employer, who is asked to let you come on these "
                "days, and to an embassy or consulate, if you need a visa."
            ),
        ],
    }


def _said(edition: Edition, field: str) -> str:
    return printable(wording_of(edition, field).text)


def _said_lines(edition: Edition) -> list[str]:
    return [line for line in wording_of(edition, "organisers").text.splitlines() if line.strip()]

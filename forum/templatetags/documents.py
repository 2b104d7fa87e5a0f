"""What my forum shows of documents: one include, in which everything is asked for."""

import datetime as dt
from dataclasses import dataclass, field

from django import template
from django.utils import timezone

from forum.documents.access import documents_of
from forum.documents.errors import TooEarly
from forum.documents.models import Document, Kind
from forum.documents.rules import certificates_open_at, reason_against
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.templatetags.frame import LANGUAGE_NAMES

register = template.Library()


@dataclass(frozen=True)
class Papers:
    """What was issued, what one may have, and from when on there will be a certificate."""

    issued: list[Document] = field(default_factory=list)
    offered: list[Kind] = field(default_factory=list)
    opens: dt.datetime | None = None
    languages: tuple[tuple[str, str], ...] = tuple(
        (code, names[0]) for code, names in LANGUAGE_NAMES.items()
    )


@register.simple_tag
def papers_of(registration: Registration | None, edition: Edition) -> Papers:
    """Read the papers of one person at one edition, in a query."""
    if registration is None or not registration.registered_at:
        return Papers()
    now = timezone.now()
    registration.edition = edition
    issued = list(documents_of(registration))
    for document in issued:
        document.edition = edition
    against = {kind: reason_against(registration, kind, now=now) for kind in Kind}
    early = isinstance(against[Kind.CERTIFICATE], TooEarly)
    return Papers(
        issued=issued,
        offered=[kind for kind, why_not in against.items() if why_not is None],
        opens=certificates_open_at(edition) if early else None,
    )

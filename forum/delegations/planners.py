"""What time brings to contacts and organisers: digests of delegates, at most one a day for each.

The first is written at once; what comes later waits for the next morning.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Contact, User
from forum.delegations import emails
from forum.delegations.models import EndorsementDenial
from forum.editions.models import Edition, Role
from forum.mailing.models import Letter
from forum.mailing.planning import CHUNK, moment
from forum.registrations.models import Registration
from forum.registrations.querysets import RegistrationQuerySet

MORNING = dt.time(9)
SETTLED = dt.timedelta(seconds=15)
"""What is younger may not be committed yet; it is left to the next run, and so told once."""


def endorsements_asked(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To each contact of whose organisation somebody named it who is not endorsed yet."""
    waiting = to_endorse(edition).filter(registered_at__lte=now - SETTLED)
    mine = waiting.filter(organisation=OuterRef("organisation"))
    news = mine.filter(registered_at__gt=OuterRef("heard_at") - Value(SETTLED))
    due = _due(Contact.objects.confirmed(), emails.asked_key(edition), edition, now=now)
    contacts = due.filter(
        Q(Exists(news)) | Q(Exists(mine), heard_at__isnull=True), person__is_active=True
    )
    last = 0
    while chunk := list(contacts.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        delegates = _by_organisation(waiting, {one.organisation_id for one in chunk})
        yield [
            emails.endorsement_asked(
                one, edition, delegates=delegates[one.organisation_id], now=now
            )
            for one in chunk
        ]


def to_endorse(edition: Edition) -> RegistrationQuerySet:
    """Those who named an organisation of which nobody has said yes or no to them."""
    denied = EndorsementDenial.objects.filter(registration=OuterRef("pk"), withdrawn_at=None)
    named = edition.registrations.sent().filter(organisation__isnull=False, endorsed_at=None)
    return named.filter(~Exists(denied))


def endorsements_denied(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To each organiser, whom organisations say to be no delegates of theirs."""
    live = Registration.objects.sent().filter(edition=edition)
    standing = EndorsementDenial.objects.filter(
        withdrawn_at=None, registration__in=live, denied_at__lte=now - SETTLED
    )
    rows = standing.select_related("registration__person", "registration__organisation")
    denials = list(rows.order_by("denied_at", "pk"))
    if not denials:
        return
    team = User.objects.filter(
        organises__edition=edition, organises__role=Role.ORGANISER, is_active=True
    )
    letters = []
    for one in _due(team, emails.denied_key(edition), edition, now=now).order_by("pk"):
        heard = one.heard_at
        news = [row for row in denials if heard is None or row.denied_at > heard - SETTLED]
        if news:
            letters.append(emails.endorsement_denied(one, edition, denials=news, now=now))
    yield letters


def _due(
    rows: "QuerySet[Any]", prefix: str, edition: Edition, *, now: dt.datetime
) -> "QuerySet[Any]":
    """Keep those who may get a digest at `now`, with when they had the last (`heard_at`)."""
    begin = Concat(
        Value(prefix), Cast(OuterRef("pk"), CharField()), Value(":"), output_field=CharField()
    )
    letters = Letter.objects.filter(edition=edition, dedupe_key__startswith=begin)
    last = letters.order_by("-created_at").values("created_at")[:1]
    morning = moment(now.astimezone(edition.zone).date(), MORNING, edition)
    may = Q(heard_at__isnull=True)
    if now >= morning:
        may |= Q(heard_at__lt=morning)
    return rows.annotate(heard_at=Subquery(last)).filter(may)


def _by_organisation(
    registrations: RegistrationQuerySet, organisations: Iterable[int]
) -> dict[int | None, list[Registration]]:
    found: dict[int | None, list[Registration]] = defaultdict(list)
    rows = registrations.filter(organisation__in=list(organisations))
    for one in rows.select_related("person", "nomination").order_by("registered_at", "pk"):
        found[one.organisation_id].append(one)
    return found

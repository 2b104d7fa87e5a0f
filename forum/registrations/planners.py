"""What time brings to delegates and organisers: places, and the summary each morning."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef

from accounts.models import User
from forum.editions.models import Edition, Role
from forum.mailing.models import Letter, LetterKind
from forum.mailing.planning import in_chunks, moment, without_letter
from forum.mailing.topics import topic_of
from forum.registrations import emails
from forum.registrations.models import Registration
from forum.registrations.querysets import RegistrationQuerySet
from forum.subscriptions.models import readers

MORNING = dt.time(8)
MORNING_OF_USE_UNTIL = dt.time(20)


def places_given(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To whom waited and holds a place: those whom the action, under its lock, left to us."""
    waited = Letter.objects.filter(
        edition=edition, kind=LetterKind.WAITING, recipient=OuterRef("person"), copy_of=None
    )
    moved = edition.registrations.confirmed().filter(
        Exists(waited), waiting_since__isnull=False, offered_at=None, person__is_active=True
    )
    yield from _moved_up(moved, LetterKind.PLACE_OFFERED, now=now)


def places_kept(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To whom a place is offered that they must accept: those whom the action left to us."""
    offered = edition.registrations.offered().filter(offer_until__gt=now, person__is_active=True)
    yield from _moved_up(offered, LetterKind.PLACE_KEPT, now=now)


def _moved_up(
    registrations: RegistrationQuerySet, kind: LetterKind, *, now: dt.datetime
) -> Iterator[list[Letter]]:
    rows = registrations.select_related("person", "edition").order_by()
    yield from in_chunks(
        without_letter(rows, prefix=f"{kind}:"), lambda row: emails.move_up(row, now=now)
    )


def organiser_summaries(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To each organiser every morning, from the opening of registration to the last day."""
    today = now.astimezone(edition.zone).date()
    due, until = (moment(today, at, edition) for at in (MORNING, MORNING_OF_USE_UNTIL))
    opens = edition.registration_opens_at
    if opens is None or opens > due or today > edition.ends_on or not due <= now < until:
        return
    team = User.objects.filter(
        organises__edition=edition, organises__role=Role.ORGANISER, is_active=True
    )
    wanted = readers(team, topic_of(LetterKind.ORGANISER_SUMMARY))
    rows = without_letter(wanted, prefix=emails.summary_key(edition, today))
    if not rows.exists():
        return
    numbers = _numbers(edition, due=due)
    yield from in_chunks(
        rows,
        lambda person: emails.organiser_summary(
            person, edition, numbers=numbers, today=today, until=until, now=now
        ),
    )


def _numbers(edition: Edition, *, due: dt.datetime) -> emails.Numbers:
    """Count the day before `due`, and what stands now."""
    every = Registration.objects.filter(edition=edition)
    new = every.sent().filter(registered_at__gte=due - dt.timedelta(days=1), registered_at__lt=due)
    regions = new.values_list("region").annotate(number=Count("pk"))
    return emails.Numbers(
        new=new.count(),
        by_region=dict(regions.order_by("-number")),
        by_category=dict(
            new.values_list("category").annotate(number=Count("pk")).order_by("-number")
        ),
        confirmed=every.confirmed().count(),
        awaiting=every.awaiting().count(),
        waiting=every.waiting().count(),
        letters_not_sent=Letter.objects.filter(edition=edition).unsent(now=due).count(),
    )

"""Writes down who looked at needs, and erases them: health-related, they are kept no longer."""

import datetime as dt
import logging

import pghistory
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.locks import Busy, bounded_wait
from accounts.models import Purpose, User
from accounts.refusals import Refusal
from forum.editions.models import Edition
from forum.needs.models import NeedsErasure, NeedsView, Seen
from forum.registrations.models import Registration

logger = logging.getLogger(__name__)

KEPT_FOR = dt.timedelta(days=14)
"""After the last day: bills of caterers and interpreters are settled by then (forum-facts §6-7)."""
LONGEST_ASKED = 150


class NotOverYet(Refusal):
    """What people need is erased only when the forum is over."""

    sentence = _("The forum is not over: what people need is still wanted.")


def erased_on(edition: Edition) -> dt.date:
    """Return the day after which the edition's needs are erased by themselves."""
    return edition.ends_on + KEPT_FOR


def is_over(edition: Edition, *, now: dt.datetime) -> bool:
    """Whether the last day is over where the forum is held."""
    return edition.ends_on < now.astimezone(edition.zone).date()


def write_down_look(
    edition: Edition | None,
    *,
    by: User,
    seen: Seen,
    people: int,
    now: dt.datetime,
    asked: str = "",
    registration: Registration | None = None,
) -> NeedsView:
    """Keep who looked at what, before it is shown."""
    return NeedsView.objects.create(
        edition=edition,
        person=by,
        at=now,
        seen=seen,
        registration=registration,
        asked=asked[:LONGEST_ASKED],
        people=people,
    )


def hear_of_look(
    *,
    registrations: list[Registration],
    by: User,
    is_export: bool,
    now: dt.datetime,
    **_signal: object,
) -> None:
    """Hear that the admin is about to show needs, and write that down."""
    editions = {one.edition_id for one in registrations}
    write_down_look(
        Edition.objects.get(pk=editions.pop()) if len(editions) == 1 else None,
        by=by,
        seen=Seen.EXPORT if is_export else Seen.RECORD,
        registration=None if is_export else registrations[0],
        people=len(registrations),
        now=now,
    )


def erase(edition: Edition, *, by: User | None, now: dt.datetime) -> NeedsErasure:
    """Erase what the edition's people need, from their registrations and the history of these.

    Again does no harm. Raises NotOverYet, and Busy where another writer holds the edition.
    """
    if not is_over(edition, now=now):
        raise NotOverYet
    with pghistory.context(user=by.pk if by else None), bounded_wait():
        locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        done = _erase(locked, by=by, now=now)
        NeedsView.objects.filter(edition=locked).exclude(asked="").update(asked="")
    logger.info(
        "Needs of edition %s erased: %d registrations, %d entries of their history",
        *(edition.slug, done.registrations, done.snapshots),
    )
    return done


def erase_due(*, now: dt.datetime) -> int:
    """Erase the needs of every edition whose time has come; tell of how many registrations.

    The demo's forum is never over, so that its pages show something.
    """
    kept = Registration.objects.filter(edition=OuterRef("pk")).exclude(needs=[], needs_note="")
    past = Registration.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        edition=OuterRef("pk")
    ).exclude(needs=[], needs_note="")
    due = Edition.objects.filter(
        Exists(kept) | Exists(past), is_demo=False, ends_on__lt=now.date() - KEPT_FOR
    )
    erased = 0
    for edition in due.order_by("pk"):
        try:
            erased += erase(edition, by=None, now=now).registrations
        except Busy:
            # The next run does it; the other editions need not wait for that.
            logger.warning("Needs of edition %s not erased yet: it is held", edition.slug)
    return erased


def erase_of(person: User, *, edition: Edition, by: User, now: dt.datetime) -> int:
    """Erase at once what one person needs at an edition, however often they registered for it.

    Tells how many registrations and entries of their history said something; raises Busy.
    """
    with pghistory.context(user=by.pk), bounded_wait():
        locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        done = _erase(locked, by=by, now=now, of=person)
    return done.registrations + done.snapshots


def erase_withdrawn(*, person: User, purpose: str, now: dt.datetime, **_signal: object) -> None:
    """Hear that somebody withdrew the consent on needs, or on all, and erase them at once."""
    if purpose not in (Purpose.PROCESSING, Purpose.NEEDS):
        return
    editions = Edition.objects.filter(registrations__person=person).distinct()
    for edition in editions.order_by("pk"):
        erase_of(person, edition=edition, by=person, now=now)


def _erase(
    edition: Edition, *, by: User | None, now: dt.datetime, of: User | None = None
) -> NeedsErasure:
    """Erase under the edition's lock: the rows first, for that writes a snapshot, too."""
    nothing = {"needs": [], "needs_note": ""}
    whose = {"edition": edition} | ({"person": of} if of else {})
    rows = Registration.objects.filter(**whose).exclude(**nothing)
    past = Registration.pgh_event_model.objects.filter(**whose)  # type: ignore[attr-defined]
    return NeedsErasure.objects.create(
        edition=edition,
        by=by,
        at=now,
        whole=of is None,
        registrations=rows.update(**nothing),
        snapshots=past.exclude(**nothing).update(**nothing),
    )

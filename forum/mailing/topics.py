"""Which letters a reader can switch off, and that what is switched off does not go.

A new LetterKind gets a line in TOPICS. A planner leaves out who does not want its letters with
`forum.subscriptions.models.readers(rows, topic_of(kind), person=...)`: nothing is written for
nothing. The outbox looks again when letters are queued, and once more before each goes.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, Q

from forum.mailing.models import Letter, LetterKind, LetterQuerySet
from forum.subscriptions.models import SwitchedOff, Topic

TOPICS: Mapping[str, Topic | None] = {
    # How my registration stands, and what I am asked to answer.
    LetterKind.RECEIVED: None,
    LetterKind.CONFIRMED: None,
    LetterKind.WAITING: None,
    LetterKind.PLACE_OFFERED: None,
    LetterKind.PLACE_KEPT: None,
    LetterKind.OFFER_LAPSED: None,
    LetterKind.DECLINED: None,
    LetterKind.REOPENED: None,
    LetterKind.CANCELLED: None,
    # Whom an organisation sends, and who speaks for it.
    LetterKind.DELEGATE_INVITATION: None,
    LetterKind.DELEGATE_REPLACED: None,
    LetterKind.ENDORSEMENT_ASKED: None,
    LetterKind.ENDORSEMENT_DENIED: None,
    LetterKind.CONTACT_ASKED: None,
    LetterKind.CONTACT_CONFIRMED: None,
    LetterKind.CONTACT_ENDED: None,
    # What I speak in, and what changed of my sessions.
    LetterKind.SPEAKER_INVITATION: None,
    LetterKind.SPEAKER_REMINDER: None,
    LetterKind.PROGRAMME_CHANGE: None,
    LetterKind.SEAT_GIVEN: None,
    # What can be switched off.
    LetterKind.EDITION_REMINDER: Topic.REMINDERS,
    LetterKind.SESSION_REMINDER: Topic.REMINDERS,
    LetterKind.DAY_SUMMARY: Topic.SUMMARIES,
    LetterKind.ORGANISER_SUMMARY: Topic.DESK_SUMMARIES,
}
"""None: it cannot be switched off."""


def topic_of(kind: str) -> Topic | None:
    """Return the topic with which letters of `kind` are switched off; None: they cannot be."""
    return TOPICS.get(kind)


def unwanted(letters: LetterQuerySet) -> LetterQuerySet:
    """Keep those of `letters` whose readers switched their topic off.

    What somebody sends again by hand is no mailing, and goes.
    """
    off = SwitchedOff.objects.standing().filter(person=OuterRef("recipient"))
    is_off = Q(pk__in=())
    for topic in Topic:
        kinds = [kind for kind, its_topic in TOPICS.items() if its_topic == topic]
        is_off |= Q(Exists(off.filter(topic=topic)), kind__in=kinds)
    return letters.filter(is_off, asked_by__isnull=True)


def set_aside(letters: Sequence[Letter], *, now: dt.datetime) -> None:
    """Mark those drafts that their readers do not want: they are written, and do not go.

    Their keys stay taken, so that a planner which did not ask `readers` writes each but once.
    """
    optional = [letter for letter in letters if topic_of(letter.kind) and not letter.asked_by_id]
    people = {letter.recipient_id for letter in optional if letter.recipient_id}
    if not people:
        return
    standing = SwitchedOff.objects.standing().filter(person__in=people)
    off = set(standing.values_list("person", "topic"))
    for letter in optional:
        if (letter.recipient_id, topic_of(letter.kind)) in off:
            letter.cancelled_at = letter.unwanted_at = now

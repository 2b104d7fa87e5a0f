"""What time brings to speakers who were invited and have not answered: a reminder, one a step."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from forum.editions.models import Edition
from forum.mailing.models import Letter, LetterKind
from forum.mailing.planning import CHUNK
from sessions_app.invitations.emails import reminder, reminder_key
from sessions_app.invitations.parts import parts_of
from sessions_app.invitations.states import UNANSWERED, WITHOUT_ADDRESS
from sessions_app.invitations.times import GAP, begins_at, step_due
from sessions_app.sessions.models import Appearance
from sessions_app.speakers.models import Speaker

Due = list[tuple[Speaker, str]]


def answer_reminders(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To whom was invited a week ago, two weeks ago, and three days before the forum.

    After an outage only the latest step is written, and none soon after another letter: a reminder
    that an organiser sent by hand puts the next one off.
    """
    if now >= begins_at(edition):
        return
    due = _due(edition, now=now)
    for start in range(0, len(due), CHUNK):
        chunk = due[start : start + CHUNK]
        parts = parts_of(edition, [speaker for speaker, _step in chunk])
        yield [
            reminder(speaker, edition, step=step, parts=parts[speaker.pk], now=now)
            for speaker, step in chunk
        ]


def _due(edition: Edition, *, now: dt.datetime) -> Due:
    """Tell who is to be reminded at `now`, and which step that is."""
    waiting = Speaker.objects.filter(UNANSWERED, edition=edition, invited_at__isnull=False)
    parts = Appearance.objects.filter(speaker=OuterRef("pk"))
    # Whose every session is cancelled is not asked for any more; who has none yet still is.
    waiting = waiting.filter(~Exists(parts) | Exists(parts.filter(session__cancelled_at=None)))
    written = dict(
        Letter.objects.filter(edition=edition, kind=LetterKind.SPEAKER_REMINDER, cancelled_at=None)
        .order_by("created_at")
        .values_list("dedupe_key", "created_at")
    )
    newest = {key.rpartition(":")[0]: at for key, at in written.items()}
    due: Due = []
    for speaker in waiting.exclude(WITHOUT_ADDRESS).select_related("person").order_by("pk"):
        assert speaker.invited_at is not None
        step = step_due(edition, invited_at=speaker.invited_at, now=now)
        key = reminder_key(speaker, step)
        last = newest.get(key.rpartition(":")[0])
        if step and key not in written and (last is None or last + GAP <= now):
            due.append((speaker, step))
    return due

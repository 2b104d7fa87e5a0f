"""What is done with invitations: sent, reminded of, answered; and the link that leads to them."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pghistory
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.locks import bounded_wait
from accounts.users.models import User
from forum.editions.models import Edition
from forum.mailing.actions import queue_many, withdraw
from forum.mailing.models import Letter, LetterKind, LetterQuerySet
from sessions_app.invitations import emails
from sessions_app.invitations.errors import Archived, Busy, TooLate
from sessions_app.invitations.parts import parts_of
from sessions_app.invitations.states import has_address
from sessions_app.invitations.times import begins_at
from sessions_app.speakers.models import Speaker, new_secret


@dataclass
class Sorted:
    """Who gets a letter, and who does not: each of these with a sentence that says why."""

    able: list[Speaker] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def signed(by: User | None) -> contextlib.AbstractContextManager[object]:
    """Sign the history of what is written meanwhile with `by`; a page's request does it itself."""
    return pghistory.context(user=by.pk) if by else contextlib.nullcontext()


def lock(speaker: Speaker) -> Speaker:
    """Return the speaker as it stands now, locked until the transaction ends."""
    rows = Speaker.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("edition").get(pk=speaker.pk)


def invitable(edition: Edition, speakers: Iterable[Speaker]) -> Sorted:
    """Tell who of `speakers` may be sent the invitation."""
    written = _written(edition, LetterKind.SPEAKER_INVITATION)

    def reason(speaker: Speaker) -> str:
        if speaker.declined_at:
            return _("%(speaker)s has declined.")
        if emails.invitation_key(speaker) in written:
            return _("%(speaker)s has been invited already.")
        return ""

    return _sorted(speakers, reason)


def remindable(edition: Edition, speakers: Iterable[Speaker], *, now: dt.datetime) -> Sorted:
    """Tell who of `speakers` may be reminded today."""
    written, step = _written(edition, LetterKind.SPEAKER_REMINDER), _today(edition, now)

    def reason(speaker: Speaker) -> str:
        if speaker.confirmed_at or speaker.declined_at:
            return _("%(speaker)s has answered already.")
        if not speaker.invited_at:
            return _("%(speaker)s has not been invited yet.")
        if emails.reminder_key(speaker, step) in written:
            return _("%(speaker)s has been reminded today.")
        return ""

    return _sorted(speakers, reason)


@bounded_wait(Busy)
def invite(
    edition: Edition, speakers: Iterable[Speaker], *, by: User | None, now: dt.datetime
) -> Sorted:
    """Send the invitation to whom it was not sent yet with the present link; return who got it."""
    refuse_late(edition, by=None, now=now)
    found = invitable(edition, _locked(edition, speakers))
    parts = parts_of(edition, found.able)
    for speaker in found.able:
        speaker.invited_at = now
    queue_many(
        [emails.invitation(one, edition, parts=parts[one.pk], now=now) for one in found.able],
        now=now,
    )
    with signed(by):
        Speaker.objects.filter(pk__in=[one.pk for one in found.able]).update(invited_at=now)
    return found


@bounded_wait(Busy)
def remind(edition: Edition, speakers: Iterable[Speaker], *, now: dt.datetime) -> Sorted:
    """Ask those again who have not answered, at most once a day; return who got the letter."""
    refuse_late(edition, by=None, now=now)
    found, step = remindable(edition, _locked(edition, speakers), now=now), _today(edition, now)
    parts = parts_of(edition, found.able)
    queue_many(
        [
            emails.reminder(one, edition, step=step, parts=parts[one.pk], now=now)
            for one in found.able
        ],
        now=now,
    )
    return found


@bounded_wait(Busy)
def confirm(speaker: Speaker, *, by: User | None, now: dt.datetime) -> Speaker:
    """Write down that the speaker comes; `by` answers on their behalf, nobody: they themselves."""
    current = lock(speaker)
    refuse_late(current.edition, by=by, now=now)
    if current.confirmed_at:
        return current
    current.confirmed_at, current.declined_at, current.decline_reason = now, None, ""
    return _answered(current, by=by, now=now)


@bounded_wait(Busy)
def decline(speaker: Speaker, *, reason: str, by: User | None, now: dt.datetime) -> Speaker:
    """Write down that the speaker does not come; the reason need not be said."""
    current = lock(speaker)
    refuse_late(current.edition, by=by, now=now)
    current.declined_at = current.declined_at or now
    current.confirmed_at, current.decline_reason = None, reason
    return _answered(current, by=by, now=now)


@bounded_wait(Busy)
def renew_link(speaker: Speaker, *, by: User | None, now: dt.datetime) -> Speaker:
    """Make a new personal address; the old one, and letters with it that wait, are dead at once."""
    current = lock(speaker)
    withdraw(_letters_to(current), now=now)
    current.link_secret = new_secret()
    current.invited_at = None
    with signed(by):
        current.save(update_fields=["link_secret", "invited_at"])
    return current


def refuse_late(edition: Edition, *, by: User | None, now: dt.datetime) -> None:
    """Raise Archived, or TooLate once the forum has begun and no organiser (`by`) acts."""
    if edition.archived_at:
        raise Archived
    if by is None and now >= begins_at(edition):
        raise TooLate


def _answered(speaker: Speaker, *, by: User | None, now: dt.datetime) -> Speaker:
    with signed(by):
        speaker.save(update_fields=["confirmed_at", "declined_at", "decline_reason"])
    withdraw(_letters_to(speaker), now=now)
    return speaker


def _letters_to(speaker: Speaker) -> LetterQuerySet:
    kinds = (LetterKind.SPEAKER_INVITATION, LetterKind.SPEAKER_REMINDER)
    ours = [Q(dedupe_key__startswith=f"{kind}:{speaker.pk}:") for kind in kinds]
    return Letter.objects.filter(ours[0] | ours[1], edition=speaker.edition_id, kind__in=kinds)


def _locked(edition: Edition, speakers: Iterable[Speaker]) -> Sequence[Speaker]:
    rows = Speaker.objects.filter(edition=edition, pk__in=[one.pk for one in speakers])
    locked = rows.select_for_update(of=("self",), no_key=True)
    return list(locked.select_related("person").order_by("pk"))


def _sorted(speakers: Iterable[Speaker], reason: Callable[[Speaker], str]) -> Sorted:
    found = Sorted()
    for speaker in speakers:
        why_not = reason(speaker)
        if not why_not and not has_address(speaker):
            why_not = _("%(speaker)s has no e-mail.")
        if why_not:
            found.refused.append(why_not % {"speaker": speaker.name})
        else:
            found.able.append(speaker)
    return found


def _written(edition: Edition, kind: LetterKind) -> set[str]:
    return set(
        Letter.objects.filter(edition=edition, kind=kind).values_list("dedupe_key", flat=True)
    )


def _today(edition: Edition, now: dt.datetime) -> str:
    return f"by-hand-{now.astimezone(edition.zone).date()}"

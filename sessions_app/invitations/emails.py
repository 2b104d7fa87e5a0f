"""The letters to speakers: the invitation, and the reminder to answer it."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import override

from forum.editions.models import Edition
from forum.mailing.actions import draft
from forum.mailing.emails import compose, site_url
from forum.mailing.models import Letter, LetterKind
from forum.templatetags.content import name_wording
from sessions_app.invitations.parts import Part
from sessions_app.invitations.times import answer_by, begins_at
from sessions_app.speakers.models import Speaker

FOLDER = "sessions_app/invitations/letters"


@dataclass(frozen=True)
class Addressee:
    """Whom the letter greets: a speaker needs no account."""

    short_name: str


def invitation_key(speaker: Speaker) -> str:
    """Name the invitation with the speaker's present link; a new link makes another."""
    return f"{LetterKind.SPEAKER_INVITATION}:{_link_version(speaker)}"


def reminder_key(speaker: Speaker, step: str) -> str:
    """Name the reminder of one step; the part before the last colon is the speaker's own."""
    return f"{LetterKind.SPEAKER_REMINDER}:{_link_version(speaker)}:{step}"


def _link_version(speaker: Speaker) -> str:
    digest = hashlib.sha256(speaker.link_secret.encode()).hexdigest()[:16]
    return f"{speaker.pk}:{digest}"


def personal_address(speaker: Speaker, edition: Edition) -> str:
    """Return the address of the speaker's own page, in the language of their letters."""
    return site_url(
        "speaking",
        language=speaker.language,
        edition=edition.slug,
        code=speaker.code,
        secret=speaker.link_secret,
    )


def invitation(
    speaker: Speaker, edition: Edition, *, parts: Sequence[Part], now: dt.datetime
) -> Letter:
    """Draft the letter that asks whether the speaker comes; to who confirmed, only the new link."""
    return _draft(
        speaker,
        edition,
        kind=LetterKind.SPEAKER_INVITATION,
        key=invitation_key(speaker),
        parts=parts,
        now=now,
    )


def reminder(
    speaker: Speaker, edition: Edition, *, step: str, parts: Sequence[Part], now: dt.datetime
) -> Letter:
    """Draft the letter that asks again who has not answered."""
    return _draft(
        speaker,
        edition,
        kind=LetterKind.SPEAKER_REMINDER,
        key=reminder_key(speaker, step),
        parts=parts,
        now=now,
    )


def _draft(
    speaker: Speaker,
    edition: Edition,
    *,
    kind: LetterKind,
    key: str,
    parts: Sequence[Part],
    now: dt.datetime,
) -> Letter:
    with override(speaker.language):
        name = name_wording(speaker).text
        inviters = ", ".join(edition.organisers.splitlines())
    content = compose(
        f"{FOLDER}/{kind}",
        language=speaker.language,
        edition=edition,
        context={
            "person": Addressee(name),
            "speaker": speaker,
            "parts": parts,
            "inviters": inviters,
            "answer_by": answer_by(edition, invited_at=speaker.invited_at or now),
            "address": personal_address(speaker, edition),
        },
    )
    return draft(
        kind=kind,
        key=key,
        edition=edition,
        content=content,
        recipient=speaker.person,
        address=speaker.email,
        useful_until=begins_at(edition),
        now=now,
    )

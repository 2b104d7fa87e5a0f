"""The examples themselves, one or several for each kind of letter; the way to add one is in
`__init__.py`."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.languages import Language
from accounts.models import Region
from accounts.sign_in.adapter import AccountAdapter
from forum.delegations import contact_letters
from forum.delegations import emails as delegation_letters
from forum.delegations.models import DelegateInvitation, EndorsementDenial
from forum.mailing.models import Letter, LetterKind
from forum.quotas.models import Category
from forum.registrations import emails as registration_letters
from forum.templatetags.frame import path_in_language
from sessions_app.gallery.scene import Scene, make
from sessions_app.invitations import emails as invitation_letters
from sessions_app.invitations.parts import parts_of
from sessions_app.releases.actions import publish
from sessions_app.releases.planners import release_letters
from sessions_app.seats import emails as seat_letters
from sessions_app.sessions.actions import cancel
from sessions_app.timetable import emails as programme_letters
from sessions_app.timetable.moves import Move, Spot, move

Maker = Callable[[Scene], Letter]
EXAMPLES: dict[tuple[str, str], Maker] = {}
"""By kind and face. Letters that allauth sends are none of the outbox; theirs are its names."""
REASONS = {
    "kk": "Өтінімде ұйымның атауы көрсетілмеген.",
    "ru": "В заявке не указана организация.",
    "en": "The application names no organisation.",
}


@dataclass(frozen=True)
class Shown:
    """A letter that was made as an example. `face` tells examples of one kind apart."""

    kind: str
    face: str
    language: str
    letter: Letter

    @property
    def name(self) -> str:
        """Name a file of it."""
        return "-".join(filter(None, [self.kind, self.face, self.language]))


def example(kind: str, face: str = "") -> Callable[[Maker], Maker]:
    """Say that the function below makes an example of `kind`."""

    def keep(maker: Maker) -> Maker:
        EXAMPLES[kind, face] = maker
        return maker

    return keep


def examples(
    *,
    now: dt.datetime,
    languages: Sequence[str] = Language.values,
    changed: Callable[[Scene], None] = lambda _scene: None,
) -> Iterator[Shown]:
    """Make every letter in each language; whatever that writes is taken back.

    `changed` may change the scene before each.
    """
    for language in languages:
        for (kind, face), maker in EXAMPLES.items():
            with transaction.atomic():
                scene = make(language, now=now)
                changed(scene)
                letter = maker(scene)
                transaction.set_rollback(True)
            yield Shown(kind, face, language, letter)


@example(LetterKind.RECEIVED)
def received(scene: Scene) -> Letter:
    mine = scene.registration(confirmed_at=None, approval_asked_at=scene.now)
    return registration_letters.received(mine, now=scene.now)


@example(LetterKind.CONFIRMED)
def confirmed(scene: Scene) -> Letter:
    return registration_letters.confirmed(scene.registration(), now=scene.now)


@example(LetterKind.CONFIRMED, "by-another")
def confirmed_by_another(scene: Scene) -> Letter:
    mine = scene.registration(registered_by=scene.colleague)
    return registration_letters.confirmed(mine, now=scene.now)


@example(LetterKind.WAITING)
def waiting(scene: Scene) -> Letter:
    mine = scene.registration(confirmed_at=None, waiting_since=scene.now)
    return registration_letters.waiting(mine, now=scene.now)


@example(LetterKind.PLACE_OFFERED)
def place_offered(scene: Scene) -> Letter:
    return registration_letters.move_up(scene.registration(), now=scene.now)


@example(LetterKind.PLACE_KEPT)
def place_kept(scene: Scene) -> Letter:
    until = scene.now + dt.timedelta(hours=12)
    mine = scene.registration(
        confirmed_at=None, waiting_since=scene.now, offered_at=scene.now, offer_until=until
    )
    return registration_letters.move_up(mine, now=scene.now)


@example(LetterKind.OFFER_LAPSED)
def offer_lapsed(scene: Scene) -> Letter:
    return registration_letters.offer_lapsed(scene.registration(), now=scene.now)


@example(LetterKind.DECLINED)
def declined(scene: Scene) -> Letter:
    mine = scene.registration(
        confirmed_at=None, declined_at=scene.now, decline_reason=REASONS[scene.language]
    )
    return registration_letters.declined(mine, now=scene.now, due_at=scene.now)


@example(LetterKind.REOPENED)
def reopened(scene: Scene) -> Letter:
    mine = scene.registration()
    registration_letters.confirmed(mine, now=scene.now)
    went = Letter.objects.filter(recipient=scene.delegate)
    went.update(begun_at=scene.now, sent_at=scene.now)
    letter = registration_letters.reopened(mine, told=(LetterKind.CONFIRMED,), now=scene.now)
    assert letter is not None
    return letter


@example(LetterKind.CANCELLED)
def cancelled(scene: Scene) -> Letter:
    return registration_letters.cancelled(scene.registration(), now=scene.now)


@example(LetterKind.CANCELLED, "by-another")
def cancelled_by_another(scene: Scene) -> Letter:
    mine = scene.registration(
        cancelled_at=scene.now,
        cancelled_by=scene.colleague,
        cancel_reason=REASONS[scene.language],
    )
    return registration_letters.cancelled(mine, now=scene.now)


@example(LetterKind.DELEGATE_INVITATION)
def delegate_invitation(scene: Scene) -> Letter:
    one = DelegateInvitation.objects.create(
        edition=scene.edition,
        organisation=scene.organisation,
        email="p99@letters.example.org",
        language=scene.language,
        category=Category.NGO,
        invited_by=scene.colleague,
        invited_at=scene.now,
        sent_at=scene.now,
    )
    return delegation_letters.invitation(one, now=scene.now)


@example(LetterKind.DELEGATE_REPLACED)
def delegate_replaced(scene: Scene) -> Letter:
    delegation_letters.replaced(
        scene.registration(), instead_of="Үлгілі-99 Бақыт", by=scene.organiser, now=scene.now
    )
    return _written(scene, LetterKind.DELEGATE_REPLACED)


@example(LetterKind.ENDORSEMENT_ASKED)
def endorsement_asked(scene: Scene) -> Letter:
    many = [scene.registration()] * (delegation_letters.MOST_NAMES + 3)
    return delegation_letters.endorsement_asked(
        scene.contact(), scene.edition, delegates=many, now=scene.now
    )


@example(LetterKind.ENDORSEMENT_DENIED)
def endorsement_denied(scene: Scene) -> Letter:
    denial = EndorsementDenial.objects.create(
        registration=scene.registration(),
        denied_by=scene.colleague,
        denied_at=scene.now,
        reason=REASONS[scene.language],
    )
    return delegation_letters.endorsement_denied(
        scene.organiser, scene.edition, denials=[denial], now=scene.now
    )


@example(LetterKind.CONTACT_ASKED)
def contact_asked(scene: Scene) -> Letter:
    contact = scene.contact(confirmed_at=None, confirmed_by=None, message=REASONS[scene.language])
    contact_letters.hear_of_asking(contact=contact, now=scene.now)
    return _written(scene, LetterKind.CONTACT_ASKED)


@example(LetterKind.CONTACT_CONFIRMED)
def contact_confirmed(scene: Scene) -> Letter:
    contact_letters.hear_of_confirming(contact=scene.contact(), now=scene.now)
    return _written(scene, LetterKind.CONTACT_CONFIRMED)


@example(LetterKind.CONTACT_ENDED)
def contact_ended(scene: Scene) -> Letter:
    contact = scene.contact(
        ended_at=scene.now, ended_by=scene.colleague, end_reason=REASONS[scene.language]
    )
    contact_letters.hear_of_ending(contact=contact, now=scene.now)
    return _written(scene, LetterKind.CONTACT_ENDED)


@example(LetterKind.EDITION_REMINDER)
def edition_reminder(scene: Scene) -> Letter:
    opening = registration_letters.Opening(scene.at("08:00"), scene.at("10:00"))
    return registration_letters.edition_reminder(
        scene.registration(),
        scene.edition,
        opening=opening,
        until=scene.at("08:00"),
        now=scene.now,
    )


@example(LetterKind.SESSION_REMINDER)
def session_reminder(scene: Scene) -> Letter:
    return programme_letters.session_reminder(
        scene.speaker,
        scene.edition,
        day=scene.edition.starts_on,
        slots=scene.slots(),
        now=scene.now,
    )


@example(LetterKind.DAY_SUMMARY)
def day_summary(scene: Scene) -> Letter:
    words = programme_letters.day_in_words(
        scene.edition,
        day=scene.edition.starts_on,
        slots=scene.slots() * 14,
        languages=[scene.language],
    )
    return programme_letters.day_summary(
        scene.registration(),
        scene.edition,
        day=scene.edition.starts_on,
        words=words,
        until=scene.at("12:00"),
        now=scene.now,
    )


@example(LetterKind.SPEAKER_INVITATION)
def speaker_invitation(scene: Scene) -> Letter:
    parts = parts_of(scene.edition, [scene.speaker])[scene.speaker.pk]
    return invitation_letters.invitation(scene.speaker, scene.edition, parts=parts, now=scene.now)


@example(LetterKind.SPEAKER_REMINDER)
def speaker_reminder(scene: Scene) -> Letter:
    parts = parts_of(scene.edition, [scene.speaker])[scene.speaker.pk]
    return invitation_letters.reminder(
        scene.speaker, scene.edition, step="example", parts=parts, now=scene.now
    )


@example(LetterKind.PROGRAMME_CHANGE)
def programme_change(scene: Scene) -> Letter:
    """What moved, what is cancelled, and a note; to who knew the first release."""
    _plan(scene)
    moved, off, _stays = scene.sessions
    later = Spot(scene.rooms[1], scene.at("16:30"), scene.at("18:00"))
    move(scene.edition, [Move(moved, later)], by=None, now=scene.now)
    cancel(off, now=scene.now)
    note = {scene.language: REASONS[scene.language]}
    publish(scene.edition, by=None, note=note, now=scene.now + dt.timedelta(minutes=5))
    return _plan(scene)


@example(LetterKind.PROGRAMME_CHANGE, "first")
def first_release(scene: Scene) -> Letter:
    return _plan(scene)


def _plan(scene: Scene) -> Letter:
    """Write the letter about the newest release, as sent."""
    letters = list(release_letters(scene.edition, now=scene.now))
    (letter,) = (one for some in letters for one in some)
    letter.begun_at = letter.sent_at = scene.now
    letter.save()
    return letter


@example(LetterKind.SEAT_GIVEN)
def seat_given(scene: Scene) -> Letter:
    return seat_letters.seat_given_draft(scene.seat(), scene.edition, now=scene.now)


@example(LetterKind.ORGANISER_SUMMARY)
def organiser_summary(scene: Scene) -> Letter:
    regions = list(Region.objects.order_by("pk").values_list("pk", flat=True)[:3])
    with override(scene.language):
        return registration_letters.organiser_summary(
            scene.organiser,
            scene.edition,
            numbers=registration_letters.Numbers(
                new=1234,
                by_region=dict.fromkeys(regions, 17) | {None: 3},
                by_category={Category.NGO: 51, Category.MEDIA: 3},
                confirmed=712,
                awaiting=31,
                waiting=120,
                letters_not_sent=2,
            ),
            today=scene.now.date(),
            until=scene.now + dt.timedelta(hours=6),
            now=scene.now,
        )


def _written(scene: Scene, kind: LetterKind) -> Letter:
    """Return what was queued, for features that answer to a signal."""
    people = (scene.delegate, scene.colleague, scene.organiser)
    return Letter.objects.get(kind=kind, recipient__in=people)


@example("login_code")
def login_code(scene: Scene) -> Letter:
    return _of_allauth(scene, "account/email/login_code")


@example("email_confirmation")
def email_confirmation(scene: Scene) -> Letter:
    return _of_allauth(scene, "account/email/email_confirmation")


@example("password_reset_key")
def password_reset_key(scene: Scene) -> Letter:
    return _of_allauth(scene, "account/email/password_reset_key")


def _of_allauth(scene: Scene, prefix: str) -> Letter:
    """Render one that allauth sends by itself."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "example"})
    url = f"{settings.BASE_URL}{path_in_language(path, scene.language)}"
    context = {"person": scene.delegate, "code": "409218", "password_reset_url": url}
    with override(scene.language):
        made = AccountAdapter().render_mail(prefix, scene.delegate.email, context)
    ((html, _kind),) = made.alternatives
    return Letter(
        language=scene.language, subject=str(made.subject), text=str(made.body), html=str(html)
    )

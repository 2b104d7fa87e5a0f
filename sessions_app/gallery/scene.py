"""The people and the programme about whom the examples tell; made, and taken back afterwards.

Names and titles are long on purpose: what fits them fits a phone.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import override

from accounts.models import Contact, Organisation, Region, User
from forum.editions.models import Edition, Organiser
from forum.quotas.models import Category
from forum.registrations.models import Registration
from sessions_app.releases.actions import publish
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Appearance, Kind, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room, Slot

SLUG = "letters-example"
DAYS_AHEAD = 40

EDITION: Mapping[str, tuple[str, str, str]] = {
    "name": (
        "Қазақстанның XII Азаматтық форумы",
        "XII Гражданский форум Казахстана",
        "12th Civil Forum of Kazakhstan",
    ),
    "city": ("Астана", "Астана", "Astana"),
    "venue": (
        "Бейбітшілік және келісім сарайы, Үлкен зал",
        "Дворец мира и согласия, Большой зал",
        "Palace of Peace and Reconciliation, Large Hall",
    ),
    "organisers": (
        "Қазақстан Азаматтық альянсы\nМәдениет және ақпарат министрлігі",
        "Гражданский альянс Казахстана\nМинистерство культуры и информации",
        "Civil Alliance of Kazakhstan\nMinistry of Culture and Information",
    ),
}
SESSIONS = (
    (
        "Азаматтық қоғамды дамыту тұжырымдамасын іске асыру: өңірлердің тәжірибесі мен ұсыныстары",
        "Реализация Концепции развития гражданского общества: опыт и предложения регионов",
        "How the concept of civil society's development is carried out: experience of the regions",
    ),
    (
        "Мемлекеттік әлеуметтік тапсырыс: бағалаудан нәтижеге дейін",
        "Государственный социальный заказ: от оценки до результата",
        "State social order: from assessment to results",
    ),
    (
        "Инклюзия және қолжетімділік",
        "Инклюзия и доступность",
        "Inclusion and accessibility",
    ),
)
ROOMS = (
    ("«Сарыарқа» залы, екінші қабат", "Зал «Сарыарка», второй этаж", "Saryarka hall, second floor"),
    ("Көрме залы", "Выставочный зал", "Exhibition hall"),
)
ORGANISATION = (
    "«Үлгі» қоғамдық бірлестігінің Ақмола облыстық филиалы",
    "Акмолинский областной филиал общественного объединения «Образец»",
    "Akmola regional branch of the public association “Sample”",
)


@dataclass(frozen=True)
class Scene:
    """What an example may take; each has the same beginning."""

    language: str
    now: dt.datetime
    edition: Edition
    organisation: Organisation
    delegate: User
    colleague: User
    organiser: User
    speaker: Speaker
    sessions: tuple[Session, ...]
    rooms: tuple[Room, ...]
    release: Release

    def registration(self, **changes: object) -> Registration:
        """Return the delegate's registration, confirmed unless `changes` say otherwise."""
        told: dict[str, object] = {"registered_by": self.delegate, "confirmed_at": self.now}
        return Registration.objects.create(
            code=f"EXAMP{Registration.objects.filter(edition=self.edition).count() + 2}",
            edition=self.edition,
            person=self.delegate,
            organisation=self.organisation,
            region=self.organisation.region,
            category=Category.NGO,
            registered_at=self.now - dt.timedelta(days=2),
            **(told | changes),
        )

    def contact(self, **changes: object) -> Contact:
        """Return the delegate as a contact of the organisation, confirmed unless `changes` say."""
        told: dict[str, object] = {"confirmed_at": self.now, "confirmed_by": self.colleague}
        return Contact.objects.create(
            organisation=self.organisation,
            person=self.delegate,
            asked_at=self.now,
            **(told | changes),
        )

    def seat(self, **changes: object) -> Seat:
        """Return the delegate's seat in the first session."""
        slot = self.slots()[0]
        told: dict[str, object] = {"taken_at": self.now, "during": slot.during}
        return Seat.objects.create(
            registration=self.registration(), session=slot.session, **(told | changes)
        )

    def slots(self) -> list[Slot]:
        """Return what the release holds, in order of time."""
        slots = Slot.objects.filter(release=self.release)
        return list(slots.select_related("session", "room").order_by("during"))

    def at(self, clock: str) -> dt.datetime:
        """Return the moment at which the edition's clocks show `clock` on its first day."""
        time = dt.time.fromisoformat(clock)
        return dt.datetime.combine(self.edition.starts_on, time, tzinfo=self.edition.zone)


def make(language: str, *, now: dt.datetime) -> Scene:
    """Write the scene down, for a reader of `language`; the caller takes it back."""
    with override(language):
        edition = _edition(now)
        organisation = _organisation()
        people = [_person(name, language) for name in ("Айгүл", "Ерлан", "Әсел")]
        delegate, colleague, organiser = people
        Organiser.objects.create(edition=edition, person=organiser)
        Contact.objects.create(
            organisation=organisation,
            person=colleague,
            asked_at=now,
            confirmed_at=now,
            confirmed_by=organiser,
        )
        rooms = tuple(_room(edition, number) for number in range(len(ROOMS)))
        sessions = tuple(_session(edition, number) for number in range(len(SESSIONS)))
        speaker = _speaker(edition, language, now=now)
    scene = Scene(
        language=language,
        now=now,
        edition=edition,
        organisation=organisation,
        delegate=delegate,
        colleague=colleague,
        organiser=organiser,
        speaker=speaker,
        sessions=sessions,
        rooms=rooms,
        release=Release(edition=edition),
    )
    clocks = (("10:00", "11:30", 0), ("12:00", "13:00", 1), ("14:30", "16:00", 0))
    for session, (start, end, room) in zip(sessions, clocks, strict=True):
        Appearance.objects.create(session=session, speaker=speaker)
        Placement.objects.create(
            session=session, room=rooms[room], starts_at=scene.at(start), ends_at=scene.at(end)
        )
    object.__setattr__(scene, "release", publish(edition, by=None, note="", now=now))
    return scene


def _in_languages(field: str, texts: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip((f"{field}_kk", f"{field}_ru", f"{field}_en"), texts, strict=True))


def _edition(now: dt.datetime) -> Edition:
    starts_on = now.date() + dt.timedelta(days=DAYS_AHEAD)
    words = {
        key: text
        for field, texts in EDITION.items()
        for key, text in _in_languages(field, texts).items()
    }
    return Edition.objects.create(
        number=None,
        year=starts_on.year,
        slug=SLUG,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=2),
        contact_email="forum@example.org",
        registration_opens_at=now - dt.timedelta(days=5),
        registration_closes_at=now + dt.timedelta(days=30),
        published_at=now,
        **words,
    )


def _organisation() -> Organisation:
    region = Region.objects.order_by("position", "pk").first()
    return Organisation.objects.create(**_in_languages("name", ORGANISATION), region=region)


def _person(name: str, language: str) -> User:
    number = 100 + User.objects.filter(email__endswith="@letters.example.org").count()
    return User.objects.create_user(
        f"p{number}@letters.example.org",
        family_name=f"Үлгілі-{number}",
        given_name=name,
        language=language,
    )


def _room(edition: Edition, number: int) -> Room:
    names = _in_languages("name", ROOMS[number])
    return Room.objects.create(edition=edition, code=f"room-{number}", position=number, **names)


def _session(edition: Edition, number: int) -> Session:
    titles = _in_languages("title", SESSIONS[number])
    code = f"EXM{number + 2}"
    return Session.objects.create(edition=edition, code=code, kind=Kind.BREAKOUT, **titles)


def _speaker(edition: Edition, language: str, *, now: dt.datetime) -> Speaker:
    return Speaker.objects.create(
        edition=edition,
        code="EXMSP2",
        given_name_kk="Динара",
        family_name_kk="Үлгілі",
        given_name_ru="Динара",
        family_name_ru="Улгили",
        given_name_en="Dinara",
        family_name_en="Ulgili",
        email="speaker@letters.example.org",
        language=language,
        invited_at=now,
    )

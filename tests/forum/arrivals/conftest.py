"""An edition of two days, on its first morning; a confirmed delegate; two devices at its doors."""

import datetime as dt
import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from forum.arrivals import actions
from forum.arrivals.actions import Sighting
from forum.arrivals.models import Device, How, Scan
from forum.models import Edition, Organiser, Registration, Role
from forum.tickets.codes import ticket_payload

ALMATY = ZoneInfo("Asia/Almaty")
FIRST, SECOND = dt.date(2026, 10, 15), dt.date(2026, 10, 16)


def at(hour: int, minute: int = 0, *, day: dt.date = FIRST) -> dt.datetime:
    """Return a moment in the edition's zone."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ALMATY)


@pytest.fixture
def now() -> dt.datetime:
    return at(9)


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=12,
        year=2026,
        slug="12",
        name_kk="XII Азаматтық форум",
        name_en="12th Civil Forum",
        starts_on=FIRST,
        ends_on=SECOND,
        published_at=at(9, day=dt.date(2026, 9, 1)),
    )


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", given_name="Organiser")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def helper(edition: Edition) -> User:
    person = User.objects.create_user("door@example.org", given_name="Helper")
    Organiser.objects.create(edition=edition, person=person, role=Role.CHECK_IN)
    return person


Confirm = Callable[..., Registration]


@pytest.fixture
def confirm(edition: Edition) -> Confirm:
    """Make a registration whose place is theirs; `fields` make it another."""

    def make(number: int = 1, **fields: object) -> Registration:
        person = User.objects.create_user(
            f"p{number:02}@example.org", family_name=f"Образец-{number:02}", given_name="Участник"
        )
        before = at(9, day=dt.date(2026, 9, 2))
        told = {"registered_at": before, "confirmed_at": before, "category": "ngo"}
        return Registration.objects.create(
            **{"edition": edition, "person": person, "code": f"CODE{number:02}"} | told | fields
        )

    return make


@pytest.fixture
def delegate(confirm: Confirm) -> Registration:
    return confirm()


@pytest.fixture
def device(edition: Edition, helper: User, now: dt.datetime) -> Device:
    return actions.enrol(edition, name="Entrance 1", by=helper, now=now)


@pytest.fixture
def other_device(edition: Edition, helper: User, now: dt.datetime) -> Device:
    return actions.enrol(edition, name="Entrance 2", by=helper, now=now)


def sighting_of(registration: Registration | None = None, **fields: object) -> Sighting:
    """Make a scan of a registration's ticket, as a device would tell of it at 9:00."""
    payload = ticket_payload(registration) if registration else ""
    told = {"nonce": uuid.uuid4(), "how": How.SCANNER, "scanned_at": at(9), "payload": payload}
    return Sighting(**told | fields)  # type: ignore[arg-type]


Scanner = Callable[..., Scan]


@pytest.fixture
def scan(edition: Edition, device: Device, helper: User) -> Scanner:
    """Check somebody in at 9:00 with the first device."""

    def do(registration: Registration | None = None, **fields: object) -> Scan:
        moment = fields.pop("now", at(9))
        where = fields.pop("device", device)
        offset = fields.pop("offset", dt.timedelta())
        return actions.check_in(
            edition,
            sighting=sighting_of(registration, **fields),
            device=where,  # type: ignore[arg-type]
            by=helper,
            now=moment,  # type: ignore[arg-type]
            offset=offset,  # type: ignore[arg-type]
        )

    return do

"""Who comes to the forum no more holds no seat, however the registration ended."""

import pytest

from forum.models import Registration
from forum.registrations.actions import cancel
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Session

from .conftest import NOW, standing, take

pytestmark = pytest.mark.django_db


def test_a_cancelled_registration_gives_its_seats_to_who_waits(
    coming: list[Registration], water: Session, air: Session
) -> None:
    for one in coming[:3]:
        take(one, water)
    take(coming[0], air)
    cancel(coming[0], by=coming[0].person, reason="", now=NOW)
    assert (standing(water)[:3], standing(air)[:3]) == ((2, 2, 0), (2, 0, 0))
    assert set(Seat.objects.taken().values_list("registration", flat=True)) == {
        coming[1].pk,
        coming[2].pk,
    }
    ended = Seat.objects.get(registration=coming[0], session=water)
    assert (ended.release_reason, ended.released_by) == ("not_coming", coming[0].person)

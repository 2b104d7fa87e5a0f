"""An edition for measuring is whole, free of clashes, and made once."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from forum.models import Edition

pytestmark = pytest.mark.django_db


def load(**counts):
    sizes = {"organisations": 3, "registrations": 5, "sessions": 50} | counts
    call_command("load_scale", edition="small", **sizes)
    return Edition.objects.get(slug="small")


def test_it_has_as_much_as_was_asked_for():
    edition = load()
    assert (
        Organisation.objects.count(),
        edition.registrations.confirmed().count(),
        edition.places_taken,
        edition.releases.get().slots.count(),
    ) == (3, 5, 5, 50)


def test_many_sessions_get_more_rooms_and_no_clash():
    edition = load(registrations=0, sessions=800)
    assert edition.releases.get().slots.count() == 800


def test_a_second_run_is_refused():
    load()
    with pytest.raises(CommandError, match="exists already"):
        load()

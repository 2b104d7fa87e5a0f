"""A change in any language is part of a record's history."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import Organisation
from forum.models import Edition
from sessions_app.models import Room, Session, Speaker

pytestmark = pytest.mark.django_db


def _records() -> list[Any]:
    day = dt.date(2026, 10, 15)
    edition = Edition.objects.create(year=2027, slug="history", starts_on=day, ends_on=day)
    return [
        edition,
        Organisation.objects.create(name_kk="Үлгі қоры"),
        Room.objects.create(edition=edition, code="a"),
        Session.objects.create(edition=edition, code="S1"),
        Speaker.objects.create(edition=edition, code="P1"),
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_change_in_one_language_is_kept(language: str):
    for record in _records():
        model: Any = type(record)
        columns = [one.name for one in model._meta.fields if one.name.endswith(f"_{language}")]
        for column in columns:
            model.objects.filter(pk=record.pk).update(**{column: "Басқаша"})
        events = model.pgh_event_model.objects.filter(pgh_obj_id=record.pk, pgh_label="update")
        told = [
            (model.__name__, getattr(event, column))
            for event, column in zip(events.order_by("pgh_id"), columns, strict=True)
        ]
        assert told == [(model.__name__, "Басқаша")] * len(columns)

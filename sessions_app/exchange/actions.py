"""What may be done with programme files: import one, whole or not at all."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import bounded_wait
from accounts.users.models import User
from forum.editions.addresses import validate_address
from forum.editions.models import Edition
from sessions_app.exchange.fitting import fit_edition
from sessions_app.exchange.interpreting import interpret
from sessions_app.exchange.marking import mark_clashes
from sessions_app.exchange.programme import Programme
from sessions_app.exchange.reading import read_schedule
from sessions_app.exchange.report import ImportRefused, Report
from sessions_app.exchange.texts import cut, language_of
from sessions_app.exchange.writing_parts import write_rooms, write_speakers, write_tracks
from sessions_app.exchange.writing_sessions import SessionWriter
from sessions_app.releases.actions import NotPublishable, publish

Teller = Callable[[str], None]


def _silent(_sentence: str) -> None:
    """Tell nobody how far the import is."""


def import_schedule(
    stream: BinaryIO,
    edition: Edition,
    *,
    by: User | None,
    now: dt.datetime,
    dry_run: bool = False,
    draft: bool = False,
    tell: Teller = _silent,
) -> Report:
    """Bring the edition's programme to what the file says, and publish it unless `draft`.

    Raises UnreadableSchedule or ImportRefused, and then the database is as it was. `tell` hears
    how far it is. Naive times of the file are in the edition's zone.
    """
    programme, found = _read(stream, zone=edition.time_zone, days=edition.days, tell=tell)
    with bounded_wait():
        edition = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        report = Report.of(programme, edition=edition.slug, found=found)
        fit_edition(edition, programme, report)
        _write(edition, programme, report, by=by, now=now, draft=draft, tell=tell)
        if dry_run:
            report.dry_run = True
            transaction.set_rollback(True)
    return report


def import_new_edition(
    stream: BinaryIO,
    slug: str,
    *,
    by: User | None,
    now: dt.datetime,
    dry_run: bool = False,
    draft: bool = False,
    tell: Teller = _silent,
) -> Report:
    """Make the edition `slug` of a file, and import its programme into it.

    Both are published; of a `draft` neither is, so that nothing of it is seen before its time.
    """
    try:
        validate_address(slug)
    except ValidationError as error:
        raise ImportRefused(" ".join(error.messages)) from error
    programme, found = _read(stream, zone=settings.TIME_ZONE, tell=tell)
    with bounded_wait():
        if Edition.objects.filter(slug=slug).exists():
            raise ImportRefused(_("There is an edition with this address already."))
        edition = _make_edition(slug, programme, published_at=None if draft else now)
        report = Report.of(programme, edition=slug, found=found)
        _write(edition, programme, report, by=by, now=now, draft=draft, tell=tell)
        if dry_run:
            report.dry_run = True
            transaction.set_rollback(True)
    return report


def _read(
    stream: BinaryIO, *, zone: str, tell: Teller, days: Sequence[dt.date] = ()
) -> tuple[Programme, int]:
    tell(_("Reading the file…"))
    raw = read_schedule(stream)
    programme = interpret(raw, zone=zone, site=f"{settings.BASE_URL}/", days=days)
    return programme, len(raw.events)


def _make_edition(slug: str, programme: Programme, *, published_at: dt.datetime | None) -> Edition:
    title = cut(programme.title or slug, 120)
    language = language_of(title, declared=[], main=programme.main_language)
    number = int(slug) if slug.isdecimal() and int(slug) <= 32767 else None
    places = {
        f"{field}_{language_of(text, declared=[], main=programme.main_language)}": text
        for field, text in (("city", programme.city), ("venue", programme.venue))
        if text
    }
    return Edition.objects.create(
        slug=slug,
        number=number,
        year=programme.first_day.year,
        starts_on=programme.first_day,
        ends_on=programme.last_day,
        time_zone=programme.zone,
        day_starts_at=programme.day_starts_at,
        published_at=published_at,
        **{f"name_{language}": title},
        **places,
    )


def _write(
    edition: Edition,
    programme: Programme,
    report: Report,
    *,
    by: User | None,
    now: dt.datetime,
    draft: bool,
    tell: Teller,
) -> None:
    tell(_("Writing rooms, tracks and speakers…"))
    rooms = write_rooms(edition, programme)
    tracks = write_tracks(edition, programme)
    speakers = write_speakers(edition, programme)
    tell(_("Writing sessions…"))
    SessionWriter(
        edition, programme, rooms=rooms, tracks=tracks, speakers=speakers, report=report
    ).write(now=now)
    report.notes += mark_clashes(edition)
    report.hidden = edition.published_at is None
    if draft:
        return
    tell(_("Publishing…"))
    try:
        release = publish(edition, by=by, note="", now=now)
    except NotPublishable as error:
        raise ImportRefused(str(error)) from error
    report.release = release.number

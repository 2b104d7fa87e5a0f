"""Who gets which document, what stands in its row, and when it holds no more."""

import datetime as dt

import pytest

from accounts.models import User
from forum.documents import actions
from forum.documents.errors import (
    AlreadyWithdrawn,
    ForumOver,
    NoName,
    NotConfirmed,
    NotThere,
    TooEarly,
)
from forum.documents.models import Document, Kind
from forum.models import Edition, Registration
from forum.registrations.actions import cancel

from .conftest import NOW, let_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def issue(registration: Registration, kind: Kind, language: str = "kk", **told: object) -> Document:
    by = registration.person
    return actions.issue(
        registration,
        kind=kind,
        language=language,
        **{"by": by, "now": NOW} | told,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("kk", "Нұрғазиева-Үлгі Бәтіш Серікқызы"),
        ("ru", "Нұрғазиева-Үлгі Бәтіш Серікқызы"),
        ("en", "Batish Sample"),
    ],
)
def test_certificate_bears_the_name_in_its_languages_script(
    registration: Registration, language: str, name: str
) -> None:
    assert issue(registration, Kind.CERTIFICATE, language).name == name


@pytest.mark.parametrize(
    ("own", "latin", "language", "name"),
    [
        ("Үлгі", "", "en", "Үлгі"),
        ("", "Sample", "kk", "Sample"),
        ("王小明", "Wang Xiaoming", "kk", "Wang Xiaoming"),
        ("Үлгі", "王小明", "en", "Үлгі"),
        ("Үлгі 😀", "", "kk", "Үлгі"),
    ],
)
def test_other_spelling_stands_for_one_that_is_missing(
    registration: Registration, own: str, latin: str, language: str, name: str
) -> None:
    User.objects.update(family_name=own, given_name="", patronymic="", latin_name=latin)
    assert issue(registration, Kind.CERTIFICATE, language).name == name


@pytest.mark.parametrize("own", ["", "王小明", "😀"])
def test_without_a_name_that_can_be_printed_there_is_none(
    registration: Registration, own: str
) -> None:
    User.objects.update(family_name=own, given_name="", patronymic="", latin_name="")
    with pytest.raises(NoName):
        issue(registration, Kind.CERTIFICATE)
    assert not Document.objects.exists()


def test_certificate_tells_the_days_of_standing_scans(
    registration: Registration, organiser: User
) -> None:
    let_in(registration, organiser, day=dt.date(2025, 10, 16))
    let_in(registration, organiser, day=dt.date(2025, 10, 15), gate="seats:X1")
    let_in(
        registration,
        organiser,
        day=dt.date(2025, 10, 15),
        undone_at=NOW,
        undone_by=organiser,
    )
    assert issue(registration, Kind.CERTIFICATE).days == [dt.date(2025, 10, 16)]


def test_certificate_is_for_whoever_arrived(registration: Registration) -> None:
    Registration.objects.update(arrived_at=None)
    with pytest.raises(NotThere):
        issue(registration, Kind.CERTIFICATE)


def test_certificates_open_when_the_last_day_is_over(
    registration: Registration, edition: Edition
) -> None:
    last = dt.datetime(2025, 10, 16, 23, 59, tzinfo=edition.zone)
    with pytest.raises(TooEarly):
        issue(registration, Kind.CERTIFICATE, now=last)
    assert issue(registration, Kind.CERTIFICATE, now=last + dt.timedelta(minutes=1))


def test_organisers_may_open_certificates_earlier(
    registration: Registration, edition: Edition
) -> None:
    early = dt.datetime(2025, 10, 16, 15, 0, tzinfo=edition.zone)
    Edition.objects.update(certificates_from=early)
    with pytest.raises(TooEarly):
        issue(registration, Kind.CERTIFICATE, now=early - dt.timedelta(seconds=1))
    assert issue(registration, Kind.CERTIFICATE, now=early)


def test_invitation_keeps_body_and_position(coming: Registration) -> None:
    letter = issue(coming, Kind.INVITATION, "ru")
    assert (letter.name, letter.organisation, letter.job_title, letter.days) == (
        "Нұрғазиева-Үлгі Бәтіш Серікқызы",
        "ОФ «Пример-07»",
        "Төраға",
        [],
    )


@pytest.mark.parametrize(
    "fields", [{"confirmed_at": None}, {"cancelled_at": NOW}, {"declined_at": NOW}]
)
def test_invitation_is_for_whoever_has_a_place(
    coming: Registration, fields: dict[str, object]
) -> None:
    Registration.objects.update(**fields)
    with pytest.raises(NotConfirmed):
        issue(coming, Kind.INVITATION)


def test_nobody_is_invited_to_what_is_over(registration: Registration) -> None:
    with pytest.raises(ForumOver):
        issue(registration, Kind.INVITATION)


def test_same_document_is_issued_once(registration: Registration) -> None:
    first = issue(registration, Kind.CERTIFICATE)
    assert issue(registration, Kind.CERTIFICATE, now=NOW + DAY) == first
    assert Document.objects.count() == 1


def test_corrected_name_makes_another_and_withdraws_the_first(
    registration: Registration, delegate: User
) -> None:
    first = issue(registration, Kind.CERTIFICATE)
    User.objects.filter(pk=delegate.pk).update(family_name="Дұрыс")
    second = issue(registration, Kind.CERTIFICATE)
    first.refresh_from_db()
    assert (first.withdrawn_at, first.withdrawn_by, bool(first.withdrawn_reason)) == (
        NOW,
        delegate,
        True,
    )
    assert (second.number, second.withdrawn_at) == (2, None)
    assert first.name != second.name


def test_numbers_count_each_kind_of_an_edition(registration: Registration) -> None:
    numbers = [issue(registration, Kind.CERTIFICATE, one).full_number for one in ("kk", "ru")]
    assert numbers == ["12-C-0001", "12-C-0002"]


def test_codes_have_twelve_signs_and_differ(registration: Registration) -> None:
    codes = {issue(registration, Kind.CERTIFICATE, one).code for one in ("kk", "ru", "en")}
    assert {len(code) for code in codes} == {12}
    assert len(codes) == 3


def test_withdrawing_needs_a_document_that_holds(certificate: Document, organiser: User) -> None:
    actions.withdraw(certificate, by=organiser, reason="Қате", now=NOW)
    certificate.refresh_from_db()
    told = (certificate.withdrawn_at, certificate.withdrawn_by, certificate.withdrawn_reason)
    assert told == (NOW, organiser, "Қате")
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw(certificate, by=organiser, reason="Тағы", now=NOW)


def test_after_withdrawing_another_can_be_issued(
    certificate: Document, registration: Registration, organiser: User
) -> None:
    actions.withdraw(certificate, by=organiser, reason="Қате", now=NOW)
    assert issue(registration, Kind.CERTIFICATE).number == 2


def test_whoever_gives_up_the_place_loses_the_invitation(
    coming: Registration, delegate: User
) -> None:
    letter = issue(coming, Kind.INVITATION)
    cancel(coming, by=delegate, reason="", now=NOW)
    letter.refresh_from_db()
    assert letter.withdrawn_at == NOW

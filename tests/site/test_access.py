"""Who may open what: every address of the site, tried as everybody of the cast.

A new address without a line here fails `test_no_address_is_forgotten`.
"""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from accounts.users.demo import (
    ADMIN,
    DELEGATE,
    HELPER,
    NEWCOMER,
    ORGANISER,
    ORGANISER_11,
    REGISTRAR,
    DemoPerson,
)
from forum.models import Edition, Registration
from sessions_app.invitations.urls import PAGES

from .conftest import client_of

pytestmark = pytest.mark.django_db
CAST: tuple[DemoPerson | None, ...] = (None, DELEGATE, ORGANISER_11, REGISTRAR, ORGANISER, ADMIN)
SIGN_IN = "sign in"
"""A redirect to the page where one signs in."""

EXPORTS = (
    "schedule_ics",
    "schedule_json",
    "schedule_xml",
    "session_ics",
    "speaker_ics",
    "room_ics",
    "track_ics",
)
PUBLIC: dict[str, tuple[int | str, ...]] = {
    name: (200,) * len(CAST)
    for name in (
        *("home", "editions", "edition", "programme", "session", "speakers", "speaker"),
        *(*EXPORTS, "day_pdf", "now", "screen", "screen_feed"),
        *("releases", "release", "release_changes", "changes_feed"),
    )
}
ONES_OWN: dict[str, tuple[int | str, ...]] = {
    # stranger, delegate, organiser of the 11th, registrar, organiser of the 12th, administrator
    "register": (SIGN_IN, 200, 200, 200, 200, 200),
    "me": (SIGN_IN, 200, 200, 200, 200, 200),
    "my_calendar": (SIGN_IN, 200, 404, 404, 404, 404),
    **dict.fromkeys(
        ("my_calendar_renew", "my_calendar_off", "my_changes_seen"),
        (SIGN_IN, 405, 405, 405, 405, 405),
    ),
    "ticket": (SIGN_IN, 200, 404, 404, 404, 404),
    "ticket_pdf": (SIGN_IN, 200, 404, 404, 404, 404),
    "seats": (SIGN_IN, 200, 200, 200, 200, 200),
    "seat": (SIGN_IN, 200, 200, 200, 200, 200),
    "marks": (200,) * len(CAST),
    **dict.fromkeys(("seat_take", "seat_give_back", "star"), (SIGN_IN, 405, 405, 405, 405, 405)),
    "registration_edit": (SIGN_IN, 200, 404, 404, 404, 404),
    "registration_accept": (SIGN_IN, 405, 405, 405, 405, 405),
    "registration_cancel": (SIGN_IN, 200, 404, 404, 404, 404),
    "letters": (SIGN_IN, 200, 200, 200, 200, 200),
    # Its address is a secret; a guess is nobody's.
    "letters_choice": (404,) * len(CAST),
    "consents": (SIGN_IN, 200, 200, 200, 200, 200),
    "organisation_search": (403, 200, 200, 200, 200, 200),
    **dict.fromkeys(("my_organisations", "contact_ask"), (SIGN_IN, 200, 200, 200, 200, 200)),
    # Of an organisation for which none of the cast speaks.
    **dict.fromkeys(
        ("organisation_people", "contact_decline", "contact_end", "contact_end_own"),
        (SIGN_IN, 404, 404, 404, 404, 404),
    ),
    "contact_confirm": (SIGN_IN, 405, 405, 405, 405, 405),
    "delegations": (SIGN_IN, 200, 200, 200, 200, 200),
    # An administrator speaks for no organisation either.
    **dict.fromkeys(
        (
            *("delegation", "delegates_register", "delegates_file", "delegates_file_confirm"),
            *("delegates_template", "delegates_invite"),
            *("delegate_invite_again", "delegate_invite_withdraw"),
            *("delegate_endorse", "delegate_deny", "delegate_cancel", "delegate_replace"),
        ),
        (SIGN_IN, 404, 404, 404, 404, 404),
    ),
    # Its address is a secret; a guess is nobody's.
    "delegate_invited": (404,) * len(CAST),
    "my_needs": (SIGN_IN, 200, 404, 404, 404, 404),
    "desk": (SIGN_IN, 404, 404, 404, 200, 200),
    **dict.fromkeys(
        ("desk_seats", "desk_seats_people", "desk_seats_table"),
        (SIGN_IN, 404, 404, 404, 200, 200),
    ),
    **dict.fromkeys(("desk_seats_give", "desk_seats_move_up"), (SIGN_IN, 405, 405, 405, 405, 405)),
    "desk_speakers": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_registrations": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_registrations_xlsx": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_registrations_new": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_registrations_waiting": (SIGN_IN, 404, 404, 404, 200, 200),
    **dict.fromkeys(
        ("desk_registrations_decide", "desk_registrations_undo"),
        (SIGN_IN, 405, 405, 405, 405, 405),
    ),
    **dict.fromkeys(
        ("desk_speakers_invite", "desk_speakers_remind"), (SIGN_IN, 405, 405, 405, 405, 405)
    ),
    **dict.fromkeys(
        (
            *("desk_needs", "desk_needs_sessions", "desk_needs_meals", "desk_needs_people"),
            *("desk_needs_xlsx", "desk_needs_erase"),
        ),
        (SIGN_IN, 404, 404, 404, 200, 200),
    ),
    "check_in": (SIGN_IN, 404, 404, 404, 200, 200),
    "check_in_counts": (SIGN_IN, 404, 404, 404, 200, 200),
    # Its script hears that it is signed out by a 403, and keeps what it has not sent.
    "check_in_search": (403, 404, 404, 404, 200, 200),
    # The browser that asks is no device.
    "check_in_people": (403, 404, 404, 404, 409, 409),
    **dict.fromkeys(("check_in_enrol", "check_in_scans", "check_in_undo"), (405,) * len(CAST)),
    # They hold nothing of anybody, and a browser asks for them as it likes.
    **dict.fromkeys(("check_in_worker", "check_in_manifest", "my_worker"), (200,) * len(CAST)),
    "desk_warnings": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_warning_levels": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_release": (SIGN_IN, 404, 404, 404, 200, 200),
    "desk_releases": (SIGN_IN, 404, 404, 404, 200, 200),
    # The demo has one release, and there is no going back to the newest.
    "desk_revert": (SIGN_IN, 404, 404, 404, 404, 404),
    **dict.fromkeys(("desk_badges", "desk_badges_progress"), (SIGN_IN, 404, 404, 404, 200, 200)),
    "desk_documents": (SIGN_IN, 404, 404, 404, 200, 200),
    "my_documents": (SIGN_IN, 405, 405, 405, 405, 405),
    "verify_form": (200,) * len(CAST),
    # No document has this code.
    "verify": (404,) * len(CAST),
    **dict.fromkeys(("document_pdf", "desk_document_withdraw"), (SIGN_IN, 404, 404, 404, 404, 404)),
    # Nobody has this code, and no batch was made.
    **dict.fromkeys(("desk_badge", "desk_badges_file"), (SIGN_IN, 404, 404, 404, 404, 404)),
    **dict.fromkeys(
        ("desk_badges_again", "desk_badges_not_printed"), (SIGN_IN, 405, 405, 405, 405, 405)
    ),
    **dict.fromkeys(
        (
            *("desk_quotas", "desk_quota_organisations", "desk_quota_categories"),
            *("desk_quota_proposal", "desk_quota_history", "quotas_xlsx"),
        ),
        (SIGN_IN, 404, 404, 404, 200, 200),
    ),
    **dict.fromkeys(
        ("desk_quota_cap", "desk_quota_exception", "desk_quota_exception_end"),
        (SIGN_IN, 405, 405, 405, 405, 405),
    ),
    "paper": (SIGN_IN, 404, 404, 404, 200, 200),
    "doors_pdf": (SIGN_IN, 404, 404, 404, 200, 200),
    "exchange": (SIGN_IN, 404, 404, 404, 200, 200),
    "programme_xlsx": (SIGN_IN, 404, 404, 404, 200, 200),
    "template_xlsx": (SIGN_IN, 404, 404, 404, 200, 200),
    "exchange_confirm": (SIGN_IN, 405, 405, 405, 405, 405),
    "board": (SIGN_IN, 404, 404, 404, 200, 200),
    "board_state": (404, 404, 404, 404, 200, 200),
    "board_findings": (404, 404, 404, 404, 200, 200),
    "board_changes": (404, 404, 404, 404, 400, 400),
    "board_options": (404, 404, 404, 404, 400, 400),
    # These are posted; who may not is refused before.
    **dict.fromkeys(("board_moves", "board_undo", "board_redo"), (405,) * len(CAST)),
    "board_place": (SIGN_IN, 405, 405, 405, 405, 405),
    # Its address is the secret; a guess is nobody's.
    "my_ics": (404,) * len(CAST),
}
MATRIX = PUBLIC | ONES_OWN
ELSEWHERE = frozenset(
    # Tested with its feature: what health says, and what belongs to one speaker.
    # Without a name stands what browsers and robots ask for by themselves.
    {"", "healthz", "readyz", "speaking", "material", "speaker_photo"}
    | {"desk_speaker", "desk_speaker_link", "desk_speaker_publication", "desk_registration"}
    | {"desk_registration_change"}
    | {f"{door}_{name}" for door in ("speaking", "desk_speaker") for _end, name, _view in PAGES}
)
ADMIN_PAGES = (
    "accounts_user",
    "accounts_organisation",
    "forum_edition",
    "forum_registration",
    "forum_letter",
)


def address(name: str, codes: dict[str, str], edition: str = "12") -> str:
    """Return the address of `name` in the 12th edition."""
    known: dict[str, dict[str, object]] = {
        "session": {"code": codes["session"]},
        **{
            name: {"code": codes["session"]}
            for name in (
                *("session_ics", "seat", "seat_take", "seat_give_back", "star"),
                *("desk_seats_people", "desk_seats_give", "desk_seats_move_up"),
            )
        },
        "desk_seats_table": {"code": codes["session"], "format": "xlsx"},
        "speaker": {"code": codes["speaker"]},
        "speaker_ics": {"code": codes["speaker"]},
        "day_pdf": {"day": "2025-10-15"},
        "room_ics": {"code": codes["room"]},
        "track_ics": {"code": codes["track"]},
        "my_ics": {"secret": "guessed"},
        "desk_registrations_undo": {"code": "ABC234"},
        **{
            key: {"code": "NOBODY"}
            for key in (
                *("desk_badge", "desk_badges_file"),
                *("verify", "document_pdf", "desk_document_withdraw"),
                *("desk_badges_again", "desk_badges_not_printed"),
            )
        },
        "organisation_people": {"code": codes["organisation"]},
        **{
            key: {"code": codes["organisation"], "contact": "GUESSED"}
            for key in ("contact_confirm", "contact_decline", "contact_end")
        },
        "contact_end_own": {"contact": "GUESSED"},
        **{
            key: {"code": codes["organisation"]}
            for key in (
                *("delegation", "delegates_register", "delegates_file", "delegates_file_confirm"),
                *("delegates_template", "delegates_invite"),
            )
        },
        **{
            f"delegate_{key}": {"code": codes["organisation"], "registration": "GUESSED"}
            for key in ("endorse", "deny", "cancel", "replace")
        },
        **{
            f"delegate_invite_{key}": {"code": codes["organisation"], "invitation": "GUESSED"}
            for key in ("again", "withdraw")
        },
        "letters_choice": {"topic": "reminders", "token": "guessed"},
        "delegate_invited": {"code": "GUESSED", "secret": "guessed"},
        **{
            key: {"number": 1}
            for key in ("release", "release_changes", "desk_revert", "my_changes_seen")
        },
    }
    arguments = known.get(name, {})
    of_accounts = ("letters", "consents", "organisation_", "my_organisations", "contact_")
    if name not in ("home", "editions") and not name.startswith(of_accounts):
        arguments |= {"edition": edition}
    return reverse(name, kwargs=arguments)


def answer(client: Client, path: str) -> int | str:
    response = client.get(path)
    if response.status_code == 302 and "/accounts/" in response["Location"]:
        return SIGN_IN
    return response.status_code


@pytest.mark.parametrize("name", MATRIX)
def test_everybody_opens_what_is_theirs_and_nothing_else(name: str, codes: dict[str, str]) -> None:
    path = address(name, codes)
    answers = tuple(answer(client_of(person), path) for person in CAST)
    assert answers == MATRIX[name]


@pytest.mark.parametrize("name", [name for name, told in ONES_OWN.items() if told[1] == 404])
def test_who_helps_at_the_doors_opens_the_check_in_and_nothing_else(
    name: str, codes: dict[str, str]
) -> None:
    path = address(name, codes)
    organiser, helper, delegate = (
        answer(client_of(one), path) for one in (ORGANISER, HELPER, DELEGATE)
    )
    assert helper == (organiser if name.startswith("check_in") else delegate)


def names(resolver: URLResolver) -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(pattern.name or "")
        elif not pattern.namespace:
            found |= names(pattern)
    return found


def test_no_address_is_forgotten() -> None:
    ours = {
        name for name in names(get_resolver()) if not name.startswith(("account_", "mfa_", "admin"))
    }
    assert ours - ELSEWHERE == set(MATRIX)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_is_the_same_for_everybody(name: str, codes: dict[str, str]) -> None:
    path = address(name, codes)
    pages = [client_of(person).get(path) for person in CAST]
    assert len({page.content for page in pages}) == 1
    assert [dict(page.cookies) for page in pages] == [{}] * len(CAST)
    assert {page["Vary"] for page in pages} == {"Accept-Encoding"}
    assert {page["Cache-Control"] for page in pages} == {"public, no-cache"}


@pytest.mark.parametrize("name", [name for name, answers in ONES_OWN.items() if answers[1] == 200])
def test_what_is_ones_own_is_kept_by_no_cache(name: str, codes: dict[str, str]) -> None:
    for person in (None, DELEGATE):
        response = client_of(person).get(address(name, codes))
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    [
        "desk",
        "desk_release",
        "desk_releases",
        "desk_speakers",
        "desk_needs",
        "desk_needs_people",
        "desk_needs_xlsx",
        "exchange",
        "programme_xlsx",
        "template_xlsx",
        "board",
        "board_state",
        "board_findings",
        "board_changes",
    ],
)
def test_the_desk_is_kept_by_no_cache(name: str, codes: dict[str, str]) -> None:
    response = client_of(ORGANISER).get(address(name, codes))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["edition", "programme", "session", "speakers", "speaker", "register", "me"]
)
def test_an_edition_that_is_not_published_is_its_organisers_alone(
    name: str, codes: dict[str, str], twelfth: Edition
) -> None:
    Edition.objects.filter(pk=twelfth.pk).update(published_at=None, current_since=None)
    path = address(name, codes)
    answers = [answer(client_of(person), path) for person in (ORGANISER_11, DELEGATE, ORGANISER)]
    assert answers == [404, 404, 200]
    assert answer(client_of(None), path) in (404, SIGN_IN)


def test_the_page_of_an_unpublished_edition_is_kept_by_no_cache(
    codes: dict[str, str], twelfth: Edition
) -> None:
    Edition.objects.filter(pk=twelfth.pk).update(published_at=None, current_since=None)
    response = client_of(ORGANISER).get(address("programme", codes))
    assert "no-store" in response["Cache-Control"]


def test_nobody_cancels_anothers_registration(codes: dict[str, str]) -> None:
    before = Registration.objects.filter(cancelled_at__isnull=True).count()
    for person in (None, NEWCOMER, ORGANISER_11, ORGANISER):
        client_of(person).post(address("registration_cancel", codes), {"reason": ""})
    assert Registration.objects.filter(cancelled_at__isnull=True).count() == before


def test_a_delegate_sees_ones_own_registration_alone(codes: dict[str, str]) -> None:
    own = Registration.objects.get(person__email=DELEGATE.email, edition__slug="12")
    page = client_of(DELEGATE).get(address("me", codes)).content.decode()
    others = Registration.objects.exclude(pk=own.pk).values_list("code", flat=True)
    assert own.code in page
    assert [code for code in others if code in page] == []


@pytest.mark.parametrize("model", ADMIN_PAGES)
def test_the_admin_is_for_staff(model: str) -> None:
    path = reverse(f"admin:{model}_changelist")
    answers = {
        person.role if person else "stranger": client_of(person).get(path).status_code
        for person in CAST
    }
    assert answers == {
        "stranger": 302,
        DELEGATE.role: 302,
        ORGANISER_11.role: 302,
        REGISTRAR.role: 200,
        ORGANISER.role: 302,
        ADMIN.role: 200,
    }


@pytest.mark.parametrize("model", ["accounts_user", "forum_edition", "forum_letter"])
def test_a_registrar_looks_and_changes_nothing(model: str) -> None:
    assert client_of(REGISTRAR).get(reverse(f"admin:{model}_add")).status_code == 403


def test_a_registrar_makes_nobody_an_administrator() -> None:
    person = User.objects.get(email=REGISTRAR.email)
    path = reverse("admin:accounts_user_change", args=[person.pk])
    client_of(REGISTRAR).post(path, {"email": person.email, "is_superuser": "on"})
    person.refresh_from_db()
    assert not person.is_superuser

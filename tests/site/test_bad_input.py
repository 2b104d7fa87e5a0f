"""Damaged, absurd and hostile requests: one sentence, 4xx, the database as it was; never a 500."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Consent, ConsentText, Organisation, User
from accounts.users.demo import DELEGATE, NEWCOMER
from forum.models import Edition, Letter, Registration
from sessions_app.models import Session

from .conftest import client_of

pytestmark = pytest.mark.django_db
REGISTER = "/kk/12/register/"
PUBLIC = ("", "editions/", "12/", "11/", "12/programme/", "12/speakers/")
FORMS = (
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
    "accounts/consents/",
    "accounts/logout/",
    "12/register/",
    "12/me/change/",
    "12/me/cancel/",
)
GARBAGE = {
    "binary": (bytes(range(256)), "application/octet-stream"),
    "broken multipart": (b"--x\r\nnot a part", "multipart/form-data; boundary=x"),
    "multipart without a boundary": (b"abc", "multipart/form-data"),
    "invalid utf-8": (b"category=%ff%fe&organisation_search=\xff\xfe", ""),
    "null bytes": (b"category=%00&organisation=%00&organisation_search=a%00b&reason=%00", ""),
    "json": (b'{"category": "ngo"}', "application/json"),
    "a huge field": (b"category=" + b"x" * 2_000_000, ""),
    "thousands of fields": (b"&".join(b"f%d=1" % number for number in range(5_000)), ""),
    "an unknown charset": (b"category=ngo", "application/x-www-form-urlencoded; charset=klingon"),
    "nothing": (b"", ""),
}
FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.fixture
def delegate() -> Client:
    return client_of(DELEGATE, raise_request_exception=False)


@pytest.fixture
def newcomer() -> Client:
    return client_of(NEWCOMER, raise_request_exception=False)


@pytest.fixture
def form() -> dict[str, object]:
    texts = ConsentText.objects.current().values_list("pk", flat=True)
    told = {"category": "guest", "languages": ["kk"], "organisation": "none"}
    return told | {"consents": list(texts)}


def rows() -> dict[str, int]:
    """Count what a request could have written."""
    written = (User, Organisation, Consent, Registration, Letter, Edition, Session)
    return {model.__name__: model._default_manager.count() for model in written}


@pytest.fixture
def _nothing_written() -> Iterator[None]:
    before, taken = rows(), Edition.objects.get(slug="12").places_taken
    yield
    assert (rows(), Edition.objects.get(slug="12").places_taken) == (before, taken)


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("kind", GARBAGE)
def test_a_body_of_garbage_is_refused(path: str, kind: str) -> None:
    body, content_type = GARBAGE[kind]
    for person in (None, NEWCOMER, DELEGATE):
        client = client_of(person, raise_request_exception=False)
        if path in ("12/me/cancel/", "accounts/logout/") and person is not None:
            continue  # there an empty form is a whole one
        response = client.generic("POST", f"/kk/{path}", body, content_type or FORM_TYPE)
        assert response.status_code < 500, (path, kind, person)
        if response.status_code == 200:  # allauth leads a script of who is signed in on so
            assert list(response.json()) == ["location"], (path, kind, person)


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["accounts/login/", "accounts/signup/", "12/register/"])
def test_without_its_token_a_form_is_refused_in_the_readers_language(
    path: str, language: str
) -> None:
    client = client_of(NEWCOMER, enforce_csrf_checks=True)
    response = client.post(f"/{language}/{path}", {"category": "guest"})
    page = response.content.decode()
    assert response.status_code == 403
    assert f'<html lang="{language}">' in page
    with translation.override(language):
        assert translation.gettext("The form has expired") in page


@pytest.mark.usefixtures("_nothing_written")
def test_the_token_of_another_session_is_refused() -> None:
    client = client_of(NEWCOMER, enforce_csrf_checks=True)
    client.get(REGISTER)
    response = client.post(REGISTER, {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403


def test_a_form_that_is_sent_twice_registers_once(newcomer: Client, form: object) -> None:
    assert newcomer.post(REGISTER, form).status_code == 302
    second = newcomer.post(REGISTER, form)
    assert second.status_code == 409
    with translation.override("kk"):
        sentence = translation.gettext("You are registered for this edition already.")
    assert sentence in second.content.decode()
    assert Registration.objects.filter(person__email=NEWCOMER.email).count() == 1


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_closed_registration_says_so(newcomer: Client, form: object, language: str) -> None:
    response = newcomer.post(f"/{language}/11/register/", form)
    assert response.status_code == 403
    with translation.override(language):
        sentence = translation.gettext("Registration for this edition is closed.")
    assert sentence in response.content.decode()


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("category", "king"),
        ("category", ""),
        ("languages", ["xx"]),
        ("languages", []),
        ("needs", ["gold"]),
        ("needs_note", "x" * 301),
        ("job_title", "x" * 151),
        ("job_title", "a\0b"),
        ("consents", ["0"]),
        ("consents", ["9" * 40]),
        ("organisation", "9" * 40),
        ("organisation", "١٢٣"),
        ("organisation", "-1"),
        ("organisation", "\0"),
    ],
)
def test_a_field_that_is_wrong_is_refused(
    newcomer: Client, form: dict[str, object], field: str, typed: object
) -> None:
    category = {"category": "ngo"} if field == "organisation" else {}
    response = newcomer.post(REGISTER, form | category | {field: typed})
    assert response.status_code == 422


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("new-bin", "600140007770"),
        ("new-bin", "60014000001"),
        ("new-bin", "٦٠٠١٤٠٠٠٠٠١٨"),
        ("new-bin", "600140000018"),
        ("new-bin", "\0"),
        ("new-name", ""),
        ("new-name", "x" * 301),
        ("new-name", "a\0b"),
        ("new-kind", "empire"),
        ("new-region", "999999999999999999999999"),
        ("new-legal_form", "llc"),
    ],
)
def test_a_new_organisation_that_is_wrong_is_refused(
    newcomer: Client, form: dict[str, object], field: str, typed: str
) -> None:
    new = {"organisation": "new", "new-name": "«Бірегей Xyzzy»", "new-kind": "ngo"}
    assert newcomer.post(REGISTER, form | new | {field: typed}).status_code == 422


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "99/",
        "99/programme/",
        "99/speakers/",
        "99/register/",
        "12/programme/NOSUCH/",
        "12/speakers/NOSUCH/",
        "11/programme/{session}/",
        "11/speakers/{speaker}/",
        "no/such/page/",
        "12/programme/%00/",
        "12/programme/%ff%fe/",
        "%D2%B1/",
        "'%20OR%201=1--/",
        "../../../etc/passwd",
    ],
)
def test_what_is_not_there_is_a_404_in_the_readers_language_with_a_way_on(
    client: Client, codes: dict[str, str], path: str, language: str
) -> None:
    response = client.get(f"/{language}/{path.format(**codes)}")
    page = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in page
    assert f'<a class="btn btn-primary" href="/{language}/' in page
    assert "\0" not in page
    assert "Traceback" not in page


def test_a_language_that_we_do_not_speak_is_a_404(client: Client) -> None:
    assert client.get("/de/12/").status_code == 404


def test_an_address_of_8000_letters_is_answered(client: Client) -> None:
    assert client.get(f"/kk/{'x' * 8000}/").status_code == 404
    assert client.get(f"/kk/12/programme/?q={'%D2%B1' * 2000}").status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize(
    "query",
    [
        "day=%00",
        "day=2025-13-45&track=%00&kind=%00&room=%00&language=%00",
        "q=%00",
        "q=%25%27%5C_",
        "q=%ff%fe",
        f"q={'x' * 5000}",
        "page=0",
        "page=-1",
        "page=999999999999999999999999",
        "page=abc",
        "page=%00",
        "day=1&day=2&day=3",
        "&&&===",
        "%",
        "=",
    ],
)
def test_a_query_that_makes_no_sense_is_no_error(client: Client, path: str, query: str) -> None:
    assert client.get(f"/kk/{path}?{query}").status_code == 200


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(PUBLIC),
    query=st.dictionaries(
        st.sampled_from(["day", "track", "kind", "room", "language", "q", "page", "lang"]),
        st.text(max_size=40),
        max_size=4,
    ),
)
def test_no_query_breaks_a_public_page(client: Client, path: str, query: dict[str, str]) -> None:
    assert client.get(f"/kk/{path}", query).status_code == 200


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=60))
def test_no_search_breaks_the_search_of_organisations(client: Client, typed: str) -> None:
    client.force_login(
        User.objects.get(email=NEWCOMER.email), "django.contrib.auth.backends.ModelBackend"
    )
    response = client.get("/kk/accounts/organisations/search/", {"q": typed})
    assert response.status_code in (200, 429)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_head_is_a_get_without_its_body(client: Client, path: str) -> None:
    whole, head = client.get(f"/kk/{path}"), client.head(f"/kk/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize("path", [*PUBLIC, "12/me/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_that_is_only_read_refuses_other_methods(
    delegate: Client, path: str, method: str
) -> None:
    response = getattr(delegate, method)(f"/kk/{path}")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.usefixtures("_nothing_written")
@pytest.mark.parametrize("path", ["12/register/", "12/me/change/", "12/me/cancel/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_form_takes_get_and_post_alone(delegate: Client, path: str, method: str) -> None:
    assert getattr(delegate, method)(f"/kk/{path}").status_code == 405


@pytest.mark.parametrize("path", ["12/register/", "12/me/change/", "12/me/cancel/"])
def test_a_form_answers_head(delegate: Client, path: str) -> None:
    assert delegate.head(f"/kk/{path}").status_code == 200


def test_no_error_page_tells_of_our_inside(client: Client) -> None:
    page = client.get("/kk/99/").content.decode()
    assert re.search(r"Traceback|DEBUG|urlpatterns|site-packages", page) is None

"""Signing up: an e-mail that is proved by a code, a name, and a consent that is written down."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Consent, ConsentText, User

from .letters import code_in, wrong_code

pytestmark = pytest.mark.django_db
SIGN_UP = "/kk/accounts/signup/"
CONFIRM = "/kk/accounts/confirm-email/"
Form = dict[str, object]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def test_who_types_the_code_from_the_letter_is_signed_in(
    client: Client, sign_up_form: Form
) -> None:
    response = client.post(SIGN_UP, sign_up_form)
    assert (response.status_code, response["Location"]) == (302, CONFIRM)
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    assert is_signed_in(client)


def test_one_letter_goes_to_the_address_and_to_nobody_else(
    client: Client, sign_up_form: Form
) -> None:
    client.post(SIGN_UP, sign_up_form)
    assert [letter.to for letter in mail.outbox] == [["newcomer@example.org"]]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_letter_is_in_the_language_that_was_chosen_not_in_that_of_the_page(
    client: Client, sign_up_form: Form, language: str
) -> None:
    client.post(SIGN_UP, sign_up_form | {"language": language})
    with translation.override(language):
        expected = translation.gettext("This is the code that confirms your e-mail:")
        subject = translation.gettext("%(code)s is your code for the Civil Forum")
    assert expected in mail.outbox[0].body
    assert mail.outbox[0].subject == subject % {"code": code_in(mail.outbox[0])}


def test_a_wrong_code_is_refused_with_a_sentence(client: Client, sign_up_form: Form) -> None:
    client.post(SIGN_UP, sign_up_form)
    response = client.post(CONFIRM, {"code": wrong_code(mail.outbox[0])})
    assert response.status_code == 422
    assert not is_signed_in(client)


def test_the_third_wrong_code_ends_the_attempt(client: Client, sign_up_form: Form) -> None:
    client.post(SIGN_UP, sign_up_form)
    for _attempt in range(3):
        client.post(CONFIRM, {"code": wrong_code(mail.outbox[0])})
    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    assert not is_signed_in(client)


def test_many_people_sign_up_within_a_minute(sign_up_form: Form) -> None:
    for number in range(15):
        client = Client()
        client.post(SIGN_UP, sign_up_form | {"email": f"p{number}@example.org"})
        client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
        assert is_signed_in(client)


def test_codes_of_a_new_e_mail_are_counted_over_all_sessions(sign_up_form: Form) -> None:
    client = Client()
    client.post(SIGN_UP, sign_up_form)
    begun = dict(client.session)
    answers = []
    for _try in range(12):
        # What each of several requests reads that begin before the first has ended.
        session = client.session
        session.update(begun)
        session.save()
        answers.append(client.post(CONFIRM, {"code": wrong_code(mail.outbox[0])}).status_code)
    assert answers == [422] * 10 + [429] * 2


@pytest.mark.parametrize("typed", ["newcomer@example.org", "NewComer@Example.ORG"])
def test_an_e_mail_in_any_case_is_registered_once(
    client: Client, sign_up_form: Form, typed: str
) -> None:
    User.objects.create_user("newcomer@example.org")
    response = client.post(SIGN_UP, sign_up_form | {"email": typed})
    assert response.status_code == 422
    with translation.override("kk"):
        sentence = translation.gettext(
            "This e-mail is registered already. Sign in with it instead."
        )
    assert errors(response) == {"email": [sentence]}
    assert (User.objects.count(), len(mail.outbox)) == (1, 0)


def test_the_e_mail_is_kept_in_lower_case(client: Client, sign_up_form: Form) -> None:
    client.post(SIGN_UP, sign_up_form | {"email": "NewComer@Example.ORG"})
    assert User.objects.get().email == "newcomer@example.org"


def test_consent_is_written_down_with_version_language_method_and_time(
    client: Client, sign_up_form: Form, processing: ConsentText
) -> None:
    client.post("/ru/accounts/signup/", sign_up_form)
    consent = Consent.objects.get()
    assert (consent.person.email, consent.text, consent.text.version) == (
        "newcomer@example.org",
        processing,
        1,
    )
    assert (consent.language, consent.method) == ("ru", Consent.Method.FORM)
    assert consent.given_at is not None
    assert consent.withdrawn_at is None


def test_without_consent_nothing_is_stored(client: Client, sign_up_form: Form) -> None:
    response = client.post(SIGN_UP, sign_up_form | {"consents": []})
    assert response.status_code == 422
    assert list(errors(response)) == ["consents"]
    assert (User.objects.count(), Consent.objects.count(), len(mail.outbox)) == (0, 0, 0)


def test_who_read_an_older_text_is_shown_the_new_one(
    client: Client, sign_up_form: Form, processing: ConsentText
) -> None:
    ConsentText.objects.create(purpose=processing.purpose, version=2, text_kk="Жаңа мәтін")
    response = client.post(SIGN_UP, sign_up_form)
    assert response.status_code == 422
    assert "Жаңа мәтін" in response.content.decode()
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "full_name"),
    [
        (("", "Sukarno", ""), "Sukarno"),
        (("Серікұлы", "Арман", ""), "Серікұлы Арман"),
        (("Қатысушы", "Айгүл", "Серікқызы"), "Қатысушы Айгүл Серікқызы"),
        (("Образцова-Участникова", "Анна  Мария", ""), "Образцова-Участникова Анна Мария"),
    ],
)
def test_names_of_every_kind_are_kept_as_they_are(
    client: Client, sign_up_form: Form, typed: tuple[str, str, str], full_name: str
) -> None:
    names = dict(zip(("family_name", "given_name", "patronymic"), typed, strict=True))
    assert client.post(SIGN_UP, sign_up_form | names).status_code == 302
    assert User.objects.get().full_name == full_name


def test_a_phone_is_kept_as_e164(client: Client, sign_up_form: Form) -> None:
    client.post(SIGN_UP, sign_up_form | {"phone": "8 (701) 123-45-67"})
    assert User.objects.get().phone == "+77011234567"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "no-address"),
        ("email", ""),
        ("given_name", "   "),
        ("given_name", "x" * 101),
        ("family_name", "a\0b"),
        ("language", "kz"),
        ("phone", "12"),
        ("consents", ["999999"]),
        ("consents", ["nonsense"]),
    ],
)
def test_a_field_that_is_wrong_is_named_and_nothing_is_stored(
    client: Client, sign_up_form: Form, field: str, typed: object
) -> None:
    response = client.post(SIGN_UP, sign_up_form | {field: typed})
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert (User.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client: Client, sign_up_form: Form, target: str) -> None:
    client.post(SIGN_UP, sign_up_form | {"next": target})
    response = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": target})
    assert response["Location"] == reverse("home")


def test_who_came_to_register_is_led_back_there(client: Client, sign_up_form: Form) -> None:
    client.post(SIGN_UP, sign_up_form | {"next": "/kk/12/register/"})
    response = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": "/kk/12/register/"})
    assert response["Location"] == "/kk/12/register/"


def test_the_page_keeps_where_a_visitor_wanted_to_go(client: Client) -> None:
    page = client.get(f"{SIGN_UP}?next=/kk/12/register/").content.decode()
    assert '<input type="hidden" name="next" value="/kk/12/register/"' in page

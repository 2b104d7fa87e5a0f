"""An edition's address is none that the site needs for itself."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from accounts.locks import broken_constraint
from accounts.models import User
from forum.editions.addresses import RESERVED, validate_address
from forum.editions.models import Edition


def beginnings(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[str]:
    """Give the first word of every address, unless it is the edition's."""
    for one in patterns:
        language = isinstance(one.pattern, LocalePrefixPattern)
        route = above + ("" if language else str(one.pattern))
        first, slash, _rest = route.partition("/")
        if isinstance(one, URLResolver) and not slash:
            yield from beginnings(one.url_patterns, route)
        elif "<" not in first:
            yield first


def test_every_beginning_of_the_sites_addresses_is_reserved() -> None:
    found = set(beginnings(get_resolver().url_patterns))
    found |= {code for code, _name in settings.LANGUAGES} | {settings.STATIC_URL.strip("/")}
    assert {"admin", "healthz", "accounts", "editions"} < found
    can_be_typed = {word for word in found if word and "." not in word}
    assert can_be_typed - RESERVED == set()


@pytest.mark.parametrize("word", ["12", "almaty-2026", "2026_kk", "A", "9" * 40, "admins"])
def test_other_words_are_free(word: str) -> None:
    validate_address(word)


@pytest.mark.parametrize("word", ["", "-1", "_x", "a b", "ә", "robots.txt", "1/2", "9" * 41, "1\n"])
def test_what_is_no_word_is_told_of_its_form(word: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="begins with a letter"):
        validate_address(word)


@pytest.mark.parametrize("word", [*sorted(RESERVED), "Admin", "KK"])
def test_a_word_of_the_sites_is_refused_by_its_name(word: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match=f"“{word}” belongs"):
        validate_address(word)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["-1", "Static", "kk", "a/b"])
def test_the_database_refuses_it_too(word: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        Edition.objects.create(
            slug=word, year=2026, starts_on="2026-10-15", ends_on="2026-10-16", name_kk="Форум"
        )
    assert broken_constraint(refused.value) == "edition_address_free"


@pytest.mark.django_db
def test_the_admin_says_it_beside_the_field(client: Client) -> None:
    client.force_login(User.objects.create_superuser("boss@example.org"))
    page = client.post(
        "/admin/forum/edition/add/", {"slug": "accounts"}, headers={"accept-language": "en"}
    )
    form = page.context["adminform"].form
    assert form.errors["slug"] == [
        "“accounts” belongs to other pages of the site. Choose another, such as the number."
    ]

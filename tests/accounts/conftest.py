"""Forms as a browser sends them, and rate limits that begin anew with every test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from accounts.models import ConsentText, Purpose, User


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def processing() -> ConsentText:
    return ConsentText.objects.current().get(purpose=Purpose.PROCESSING)


@pytest.fixture
def sign_up_form(processing: ConsentText) -> dict[str, object]:
    return {
        "email": "newcomer@example.org",
        "family_name": "Қатысушы",
        "given_name": "Үлгі",
        "patronymic": "",
        "language": "kk",
        "phone": "",
        "consents": [processing.pk],
    }


@pytest.fixture
def person() -> User:
    """Somebody who signs in by a code."""
    return User.objects.create_user("p03@example.org", given_name="Sample", language="ru")


@pytest.fixture
def clerk() -> User:
    """Staff, with a password."""
    return User.objects.create_user(
        "clerk@example.org", "correct horse battery", given_name="Clerk", is_staff=True
    )

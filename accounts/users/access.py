"""Who is asking."""

from django.http import HttpRequest

from accounts.users.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person behind a request to a view that only signed-in people reach."""
    assert isinstance(request.user, User), "put @login_required before this"
    return request.user

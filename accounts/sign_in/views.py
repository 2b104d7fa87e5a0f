"""allauth's pages, answering a refused form with 422 instead of its 200."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import views
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.stagekit import unstash_login
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import respond_429
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def telling_refusals(view: View) -> View:
    """Let a machine, too, see from the answer that nothing was done."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and form is not None and form.errors:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answer


def counting_tries(view: View) -> View:
    """Count the codes tried for an e-mail, whoever tries them.

    allauth counts in the session, where requests sent at once all read the same number, and a new
    session begins anew.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and "code" in request.POST:
            whose = _whose_code(request)
            if whose and not ratelimit.consume(request, action="code_tried", key=whose.lower()):
                return respond_429(request)
        return view(request, *args, **kwargs)

    return answer


def _whose_code(request: HttpRequest) -> str | None:
    """Name whose code is awaited; where none is, there is nothing to guess and nobody to count."""
    if verification := request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY):
        return str(verification["email"])
    pending = unstash_login(request, peek=True)
    return str(pending.email or pending.user) if pending else None


login = telling_refusals(views.login)
signup = telling_refusals(views.signup)
confirm_login_code = counting_tries(telling_refusals(views.confirm_login_code))
confirm_email = counting_tries(telling_refusals(views.email_verification_sent))
email = telling_refusals(views.email)
reauthenticate = telling_refusals(views.reauthenticate)
change_password = telling_refusals(views.password_change)
set_password = telling_refusals(views.password_set)
reset_password = telling_refusals(views.password_reset)
reset_password_from_key = telling_refusals(views.password_reset_from_key)

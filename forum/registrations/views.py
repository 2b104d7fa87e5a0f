"""Registering, changing what one told, and cancelling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.organisations.actions import BinTaken
from accounts.users.access import signed_in
from forum.editions.access import get_public_edition
from forum.editions.models import Edition
from forum.registrations import actions, offers
from forum.registrations.access import (
    find_live_registration,
    get_live_registration,
    get_own_registration,
    reason_against,
)
from forum.registrations.errors import (
    AlreadyCancelled,
    AlreadyDeclined,
    AlreadyRegistered,
    Busy,
    EditionOver,
    HasArrived,
    NotOpen,
    RegistrationError,
)
from forum.registrations.forms import CancelForm, RegistrationForm
from forum.registrations.models import Status

SAID = {
    Status.AWAITING: gettext_lazy(
        "We have your registration. It is approved first; we write to you as soon as that is done."
    ),
    Status.CONFIRMED: gettext_lazy("You are registered. We have sent you a letter."),
    Status.WAITING: gettext_lazy(
        "Every place is taken. You are on the waiting list, and we write to you when one is free."
    ),
}
WHY_AN_ACCOUNT = gettext_lazy(
    "To register, first confirm your e-mail: your letters go there, and only you can change your "
    "registration. Then you come straight to the registration form."
)
LEADS_AWAY = (
    AlreadyCancelled, AlreadyDeclined, AlreadyRegistered, EditionOver, HasArrived, NotOpen,
)  # fmt: skip
"""Nothing that could be typed helps then; any other refusal leaves the form and what is in it."""
STATUS = {Busy: 503, NotOpen: 403}
RETRY_AFTER_SECONDS = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, edition: str) -> HttpResponse:
    """Register for an edition; a stranger is taken to sign-up and comes back."""
    found, now = get_public_edition(edition, person=request.user), timezone.now()
    draft = find_live_registration(found, person=request.user)
    if why_not := reason_against(found, mine=draft, now=now):
        return _refuse(request, found, why_not)
    if not request.user.is_authenticated:
        messages.info(request, WHY_AN_ACCOUNT)
        return redirect_to_login(request.path, reverse("account_signup"))
    person = signed_in(request)
    form = RegistrationForm(_posted(request), person=person, registration=draft)
    if form.is_draft:
        return _keep(request, found, form)
    if not form.is_valid():
        return _show(request, "register.html", found, form, draft=draft)
    try:
        mine = form.register(found, now=now)
    except (RegistrationError, BinTaken) as error:
        return _refuse_form(request, "register.html", found, form, error)
    messages.success(request, SAID[mine.status])
    return redirect("me", edition=found.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition: str) -> HttpResponse:
    """Change what one told when registering."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = get_live_registration(found, person=person)
    form = RegistrationForm(_posted(request), person=person, registration=mine)
    if not form.is_valid():
        return _show(request, "edit.html", found, form)
    try:
        form.change(now=timezone.now())
    except (RegistrationError, BinTaken) as error:
        return _refuse_form(request, "edit.html", found, form, error)
    messages.success(request, _("Your registration is changed."))
    return redirect("me", edition=found.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask whether one really does not come, and give the place to whom waits."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = get_live_registration(found, person=person)
    form = CancelForm(_posted(request))
    if not form.is_valid():
        waits = mine.status == Status.WAITING
        return _show(request, "cancel.html", found, form, waits=waits)
    reason = form.cleaned_data["reason"]
    try:
        actions.cancel(mine, by=person, reason=reason, now=timezone.now())
    except RegistrationError as error:
        return _refuse(request, found, error)
    messages.success(request, _("Your registration is cancelled."))
    return redirect("me", edition=found.slug)


@never_cache
@login_required
@require_POST
def accept(request: HttpRequest, edition: str) -> HttpResponse:
    """Take the place that is kept for one."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = get_own_registration(found, person=person)
    try:
        offers.accept_offer(mine, by=person, now=timezone.now())
    except RegistrationError as error:
        return _refuse(request, found, error)
    messages.success(request, _("The place is yours. We have sent you a letter."))
    return redirect("me", edition=found.slug)


def _keep(request: HttpRequest, edition: Edition, form: RegistrationForm) -> HttpResponse:
    """Keep what was typed for later."""
    try:
        form.keep(edition, now=timezone.now())
    except RegistrationError as error:
        return _refuse_form(request, "register.html", edition, form, error)
    messages.success(
        request, _("What you typed is kept. You are not registered before you send it.")
    )
    return redirect("me", edition=edition.slug)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _show(
    request: HttpRequest,
    template: str,
    edition: Edition,
    form: RegistrationForm | CancelForm,
    **more: object,
) -> HttpResponse:
    """Show a form; 422 when it was sent and is not right."""
    context = {"edition": edition, "form": form, **more}
    status = 422 if form.is_bound else 200
    return render(request, f"forum/registrations/{template}", context, status=status)


def _refuse(request: HttpRequest, edition: Edition, error: RegistrationError) -> HttpResponse:
    """Say on a page of its own why not, with a way on. Looking is no mistake: a GET gets 200."""
    registered = isinstance(error, AlreadyRegistered)
    context = {"edition": edition, "sentence": str(error), "registered": registered}
    status = 200 if request.method in ("GET", "HEAD") else STATUS.get(type(error), 409)
    response = render(request, "forum/registrations/refused.html", context, status=status)
    return _retry_later(response, error)


def _refuse_form(
    request: HttpRequest,
    template: str,
    edition: Edition,
    form: RegistrationForm,
    error: RegistrationError | BinTaken,
) -> HttpResponse:
    """Say why not; where trying again may help, above the form with everything in it."""
    if isinstance(error, LEADS_AWAY):
        return _refuse(request, edition, error)
    context = {"edition": edition, "form": form, "sentence": str(error)}
    status = 503 if isinstance(error, Busy) else 422
    response = render(request, f"forum/registrations/{template}", context, status=status)
    return _retry_later(response, error)


def _retry_later(response: HttpResponse, error: Exception) -> HttpResponse:
    if isinstance(error, Busy):
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response

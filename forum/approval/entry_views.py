"""Writing a registration down for somebody, and changing one for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.organisations.actions import BinTaken
from accounts.users.access import signed_in
from forum.approval.access import get_live_registration_at_desk
from forum.approval.entry import Entry, ToldForm
from forum.editions.access import get_organised_edition
from forum.registrations.errors import RegistrationError

FORM = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@FORM
def new(request: HttpRequest, edition: str) -> HttpResponse:
    """Register somebody who has agreed in writing, in or outside the window."""
    by, now = signed_in(request), timezone.now()
    found = get_organised_edition(edition, person=by)
    entry = Entry(_posted(request))
    context = {"edition": found, "entry": entry, "form": entry.told}
    if not entry.is_valid():
        return _form(request, "new.html", context)
    try:
        made = entry.register(found, by=by, now=now)
    except (RegistrationError, BinTaken) as error:
        return _form(request, "new.html", context | {"sentence": str(error)})
    if not found.registration_is_open(now=now):
        said = _("Registration is closed to delegates; %(person)s is registered all the same.")
        messages.warning(request, said % {"person": made.person})
    messages.success(request, _("%(person)s is registered.") % {"person": made.person})
    return redirect("desk_registration", edition=found.slug, code=made.code)


@never_cache
@login_required
@FORM
def change(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Change what is told of a registration."""
    by = signed_in(request)
    found = get_organised_edition(edition, person=by)
    one = get_live_registration_at_desk(found, code)
    form = ToldForm(_posted(request), registration=one)
    context = {"edition": found, "registration": one, "form": form}
    if not form.is_valid():
        return _form(request, "change.html", context)
    try:
        form.change_for(by, now=timezone.now())
    except (RegistrationError, BinTaken) as error:
        return _form(request, "change.html", context | {"sentence": str(error)})
    messages.success(request, _("The registration is changed."))
    return redirect("desk_registration", edition=found.slug, code=code)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Show the form: with 422 where something in it is wrong."""
    form = context["form"]
    assert isinstance(form, ToldForm)
    refused = form.is_bound and not form.is_search
    return render(request, f"forum/approval/{template}", context, status=422 if refused else 200)

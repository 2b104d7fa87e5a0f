"""A contact registers several people: by rows of a form, or by a file."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Region
from accounts.tables.keeping import find_kept, forget, keep
from accounts.tables.package import UnreadableTable
from forum.delegations.access import Delegation, last_category
from forum.delegations.doors import as_contact
from forum.delegations.errors import OutOfDate
from forum.delegations.foreseeing import Fate, Forecast, foresee
from forum.delegations.forms import DeclarationForm, SheetForm
from forum.delegations.places import limits_of
from forum.delegations.reading import limits_met
from forum.delegations.registering import register_delegates, register_in_parts
from forum.delegations.rows_form import DelegatesForm
from forum.delegations.sheets import MOST_ROWS, preview
from forum.delegations.template import write_template
from forum.delegations.views import FORM, refused, to_delegation
from forum.registrations.errors import RegistrationError, registration_window_error

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@as_contact
@require_http_methods(FORM)
def rows(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Register several people at once; where not all get a place, ask first."""
    now = timezone.now()
    form = DelegatesForm(
        request.POST if request.method == "POST" else None,
        organisation=delegation.organisation,
        category=last_category(delegation),
    )
    if error := registration_window_error(delegation.edition, now=now):
        return refused(_show_rows(request, delegation, form, sentence=str(error)), error)
    if not form.is_valid():
        return _show_rows(request, delegation, form, status=422 if form.is_bound else 200)
    forecast = _foresee(delegation, form, now=now)
    if not form.agrees_with(forecast):
        return _show_forecast(request, delegation, form, forecast)
    try:
        made = register_delegates(
            delegation.edition,
            delegation.organisation,
            form.told_rows(),
            region=form.declaration.region_named,
            by=delegation.by,
            shown=forecast.digest,
            now=now,
        )
    except OutOfDate as error:
        delegation.edition.refresh_from_db()
        forecast = _foresee(delegation, form, now=now)
        return _show_forecast(request, delegation, form, forecast, sentence=str(error))
    except RegistrationError as error:
        return refused(_show_rows(request, delegation, form, sentence=str(error)), error)
    _say_registered(request, len(made))
    return to_delegation(delegation)


@as_contact
@require_http_methods(FORM)
def sheet(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Take a file, and show what would become of each of its rows."""
    form = SheetForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        organisation=delegation.organisation,
    )
    if not form.is_valid():
        return _show_sheet(request, delegation, form, status=422 if form.is_bound else 200)
    return _preview(request, delegation, form.content, region=form.region_named)


@as_contact
@require_POST
def confirm(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Register whom the preview showed; where something changed meanwhile, show it anew."""
    now = timezone.now()
    kept = find_kept(request.POST.get("token", ""), under=_kept_under(delegation))
    form = DeclarationForm(request.POST, organisation=delegation.organisation)
    if kept is None:
        sentence = _("The file is no longer here. Send it once more.")
        return _show_sheet(request, delegation, sentence=sentence, status=422)
    is_declared, region = form.is_valid(), form.region_named
    if not is_declared:
        return _preview(request, delegation, kept.content, region=region, declaration=form)
    try:
        shown = preview(kept.content, delegation, region=region, now=now)
        if shown.digest != kept.digest:
            raise OutOfDate
        chosen = shown.chosen(_numbers(request))
        made = register_in_parts(
            delegation.edition,
            delegation.organisation,
            foresee(delegation.edition, delegation.organisation, chosen, region=region, now=now),
            region=region,
            by=delegation.by,
            now=now,
        )
    except RegistrationError as error:
        delegation.edition.refresh_from_db()
        return _preview(request, delegation, kept.content, region=region, error=error)
    forget(under=_kept_under(delegation))
    _say_registered(request, len(made))
    return to_delegation(delegation)


@as_contact
@require_safe
def template(request: HttpRequest, delegation: Delegation) -> HttpResponse:  # noqa: ARG001
    """The empty workbook to fill in."""
    response = HttpResponse(write_template(delegation), content_type=XLSX)
    name = f"{delegation.edition.slug}-delegates.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _foresee(delegation: Delegation, form: DelegatesForm, *, now: dt.datetime) -> Forecast:
    return foresee(
        delegation.edition,
        delegation.organisation,
        form.told_rows(),
        region=form.declaration.region_named,
        now=now,
    )


def _show_forecast(
    request: HttpRequest,
    delegation: Delegation,
    form: DelegatesForm,
    forecast: Forecast,
    *,
    sentence: str = "",
) -> HttpResponse:
    """Say at each row why not, or how many will wait; a second press of the button agrees to it."""
    if forecast.each and forecast.count(Fate.ALREADY) == len(forecast.each):
        messages.info(request, _("These people are registered already."))
        return to_delegation(delegation)
    form.refuse(forecast)
    status = 422 if forecast.refused else 409 if sentence else 200
    more = {"forecast": forecast, "sentence": sentence}
    return _show_rows(request, delegation, form, status=status, **more)


def _show_rows(
    request: HttpRequest,
    delegation: Delegation,
    form: DelegatesForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    limits = limits_of(delegation.edition, delegation.organisation)
    context = {
        "edition": delegation.edition,
        "delegation": delegation,
        "form": form,
        "limits": limits_met(delegation, limits),
        **more,
    }
    return render(request, "forum/delegations/rows.html", context, status=status)


def _preview(
    request: HttpRequest,
    delegation: Delegation,
    content: bytes,
    *,
    region: Region | None,
    declaration: DeclarationForm | None = None,
    error: RegistrationError | None = None,
) -> HttpResponse:
    """Show the rows of a file with what would become of each, and keep it for the confirmation."""
    try:
        shown = preview(content, delegation, region=region, now=timezone.now())
    except UnreadableTable as unreadable:
        return _show_sheet(request, delegation, sentence=str(unreadable), status=422)
    if error and shown.is_done:
        messages.info(request, _("These people are registered already."))
        return to_delegation(delegation)
    token = keep(content, shown.digest, under=_kept_under(delegation))
    sentence = str(error) if error else ""
    if token is None:
        sentence = _("The file cannot be kept just now. Try again in a minute.")
    blank = DeclarationForm(organisation=delegation.organisation, region=region)
    context = {
        "edition": delegation.edition,
        "delegation": delegation,
        "preview": shown,
        "token": token,
        "declaration": declaration or blank,
        "sentence": sentence,
    }
    response = render(request, "forum/delegations/preview.html", context)
    if error:
        return refused(response, error)
    response.status_code = 422 if declaration else 503 if token is None else 200
    return response


def _show_sheet(
    request: HttpRequest,
    delegation: Delegation,
    form: SheetForm | None = None,
    *,
    status: int = 200,
    sentence: str = "",
) -> HttpResponse:
    context = {
        "edition": delegation.edition,
        "delegation": delegation,
        "form": form or SheetForm(organisation=delegation.organisation),
        "sentence": sentence,
        "most": MOST_ROWS,
    }
    return render(request, "forum/delegations/sheet.html", context, status=status)


def _numbers(request: HttpRequest) -> set[int]:
    """Return the rows of which the contact says that they are no doubles."""
    typed = request.POST.getlist("another")
    return {int(one) for one in typed if one.isascii() and one.isdecimal() and len(one) < 7}


def _say_registered(request: HttpRequest, count: int) -> None:
    said = ngettext(
        "%(count)s delegate is registered, and we have written to the person.",
        "%(count)s delegates are registered, and we have written to each.",
        count,
    )
    messages.success(request, said % {"count": count})


def _kept_under(delegation: Delegation) -> str:
    return f"delegates:{delegation.edition.pk}:{delegation.organisation.pk}:{delegation.by.pk}"

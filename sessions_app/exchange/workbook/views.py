"""The desk's page on the programme in and out: the workbook, its preview and its confirmation."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.tables.keeping import find_kept, forget, keep
from accounts.tables.package import UnreadableTable
from accounts.users.access import signed_in
from accounts.users.models import User
from forum.editions.access import get_organised_edition
from forum.editions.models import Edition
from sessions_app.exchange.workbook.actions import OutOfDate, import_workbook
from sessions_app.exchange.workbook.comparing import compare
from sessions_app.exchange.workbook.draft import read_draft
from sessions_app.exchange.workbook.forms import WorkbookForm
from sessions_app.exchange.workbook.reading import read_workbook
from sessions_app.exchange.workbook.writing import write_workbook
from sessions_app.timetable.moves import NotPlaceable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest, edition: str) -> HttpResponse:
    """Offer the files, take a workbook, and show what it would change."""
    found = get_organised_edition(edition, person=request.user)
    if request.method != "POST":
        return _show(request, found, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    return _preview(request, found, form.content)


@never_cache
@login_required
@require_POST
def confirm(request: HttpRequest, edition: str) -> HttpResponse:
    """Write what the preview told; where something changed meanwhile, show the changes anew."""
    found, person = get_organised_edition(edition, person=request.user), signed_in(request)
    kept = find_kept(request.POST.get("token", ""), under=_kept_under(found, person))
    if kept is None:
        sentence = _("The file is no longer here. Send it once more.")
        return _show(request, found, WorkbookForm(), sentence=sentence, status=422)
    book = read_workbook(io.BytesIO(kept.content))
    try:
        import_workbook(found, book, digest=kept.digest, by=person, now=timezone.now())
    except (OutOfDate, NotPlaceable) as error:
        return _preview(request, found, kept.content, sentence=str(error))
    forget(under=_kept_under(found, person))
    messages.success(
        request, _("The workbook was taken into the draft. Publish the draft when it is ready.")
    )
    return redirect("exchange", edition=found.slug)


@never_cache
@login_required
@require_safe
def programme(request: HttpRequest, edition: str) -> HttpResponse:
    """The draft as a workbook."""
    found = get_organised_edition(edition, person=request.user)
    return _file(write_workbook(read_draft(found)), name=f"{found.slug}-programme.xlsx")


@never_cache
@login_required
@require_safe
def template(request: HttpRequest, edition: str) -> HttpResponse:
    """An empty workbook to fill in."""
    found = get_organised_edition(edition, person=request.user)
    content = write_workbook(read_draft(found), empty=True)
    return _file(content, name=f"{found.slug}-template.xlsx")


def _preview(
    request: HttpRequest, edition: Edition, content: bytes, *, sentence: str = ""
) -> HttpResponse:
    try:
        plan = compare(read_draft(edition), read_workbook(io.BytesIO(content)))
    except UnreadableTable as error:
        return _show(request, edition, WorkbookForm(), sentence=str(error), status=422)
    context: dict[str, Any] = {"plan": plan, "sentence": sentence}
    if plan.changes_anything and not plan.problems:
        under = _kept_under(edition, signed_in(request))
        context["token"] = keep(content, plan.digest, under=under)
        if context["token"] is None:
            context["sentence"] = _("The file cannot be kept just now. Try again in a minute.")
    status = 422 if plan.problems else 409 if sentence else 200
    return _show(request, edition, WorkbookForm(), status=status, **context)


def _kept_under(edition: Edition, person: User) -> str:
    return f"workbook:{edition.pk}:{person.pk}"


def _show(
    request: HttpRequest, edition: Edition, form: WorkbookForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"edition": edition, "form": form, **more}
    return render(request, "sessions_app/exchange/exchange.html", context, status=status)


def _file(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

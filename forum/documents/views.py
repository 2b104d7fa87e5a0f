"""Documents in my forum, at the desk, and where anybody checks them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import too_many, within_limit
from accounts.users.access import signed_in
from forum.documents import actions
from forum.documents.access import (
    documents_at_desk,
    find_document,
    get_desk_document,
    get_document,
    plain_code,
)
from forum.documents.errors import DocumentError
from forum.documents.forms import DeskForm, OwnForm, VerifyForm, WithdrawForm
from forum.documents.models import Kind
from forum.documents.papers import paper_of
from forum.editions.access import get_organised_edition, get_public_edition
from forum.editions.models import Edition
from forum.registrations.access import get_live_registration

A_PAGE = 50
LONGEST_SEARCH = 100


@never_cache
@login_required
@require_POST
def own(request: HttpRequest, edition: str) -> HttpResponse:
    """Issue a document to oneself, and open it."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = get_live_registration(found, person=person)
    form = OwnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the document and its language."))
        return redirect("me", edition=found.slug)
    try:
        document = form.issue(mine, by=person, now=timezone.now())
    except DocumentError as error:
        messages.error(request, str(error))
        return redirect("me", edition=found.slug)
    return redirect("document_pdf", edition=found.slug, code=document.code)


@never_cache
@login_required
@require_safe
def pdf(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Send a document to its owner, or to an organiser."""
    found = get_public_edition(edition, person=request.user)
    document = get_document(found, code, person=request.user)
    response = HttpResponse(paper_of(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.full_number}.pdf"'
    return response


@never_cache
@require_safe
def verify_form(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask for the code; with `?code=`, go where it is checked."""
    found = get_public_edition(edition, person=request.user)
    if code := plain_code(request.GET.get("code", "")):
        return redirect("verify", edition=found.slug, code=code)
    form = VerifyForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        form.add_error("code", _("This is no code of ours: it has 12 letters and digits."))
    status = 422 if form.is_bound else 200
    context = {"edition": found, "form": form}
    return render(request, "forum/documents/verify_form.html", context, status=status)


@never_cache
@require_safe
def verify(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Say to anybody whether a document holds: name, what, when; nothing else of the person."""
    found = get_public_edition(edition, person=request.user)
    if not within_limit(request, "verify", limit_get=True):
        return too_many(request)
    document = find_document(found, code)
    if document is None and not within_limit(request, "verify_wrong", limit_get=True):
        return too_many(request)
    context = {"edition": found, "document": document, "form": VerifyForm()}
    status = 200 if document else 404
    response = render(request, "forum/documents/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, edition: str) -> HttpResponse:
    """List the documents; a POST issues one to somebody."""
    found = get_organised_edition(edition, person=request.user)
    form = DeskForm(request.POST if request.method == "POST" else None, edition=found)
    if not form.is_valid():
        return _show_desk(request, found, form, status=422 if form.is_bound else 200)
    holder = form.cleaned_data["code"]
    try:
        document = form.issue(holder, by=signed_in(request), now=timezone.now())
    except DocumentError as error:
        form.add_error(None, str(error))
        return _show_desk(request, found, form, status=409)
    messages.success(request, _("Issued: %(document)s.") % {"document": document})
    return redirect("desk_documents", edition=found.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Ask why, and withdraw a document."""
    found = get_organised_edition(edition, person=request.user)
    document = get_desk_document(found, code)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"edition": found, "document": document, "form": form}
        return render(request, "forum/documents/withdraw.html", context, status=status)
    reason = form.cleaned_data["reason"]
    try:
        actions.withdraw(document, by=signed_in(request), reason=reason, now=timezone.now())
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn: %(document)s.") % {"document": document})
    return redirect("desk_documents", edition=found.slug)


def _show_desk(
    request: HttpRequest, edition: Edition, form: DeskForm, *, status: int
) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    kind = request.GET.get("kind", "")
    shown = documents_at_desk(edition, typed=typed, kind=kind)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    for document in page.object_list:
        document.edition = edition
    told = {name: value for name, value in {"q": typed, "kind": kind}.items() if value}
    context = {
        "edition": edition,
        "form": form,
        "page": page,
        "typed": typed,
        "kind": kind,
        "kinds": Kind.choices,
        "query": urlencode(told) + "&" if told else "",
    }
    return render(request, "forum/documents/desk.html", context, status=status)

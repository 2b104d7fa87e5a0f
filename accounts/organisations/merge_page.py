"""The admin's page that shows organisations side by side and makes one of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.locks import Busy
from accounts.organisations.merging import MergeError, relations
from accounts.organisations.models import LikelyDouble, Organisation
from accounts.organisations.record_forms import MergeForm

MOST = 10
COMPARED = (
    *("name_kk", "name_ru", "name_en", "bin", "kind", "legal_form", "region"),
    *("register_status", "other_names", "added_at"),
)


@dataclass(frozen=True)
class Line:
    """One line of the comparison: a word, and a cell for each organisation."""

    label: str
    cells: list[object]

    @property
    def differs(self) -> bool:
        """Whether the cells that are filled do not say the same."""
        return len({cell for cell in self.cells if cell}) > 1


def address(codes: list[str]) -> str:
    """Return the address of the page for these organisations."""
    return f"{reverse('admin:accounts_organisation_merge')}?{urlencode({'code': codes}, True)}"


def show(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the organisations that the address names, and merge them when that was confirmed."""
    if not model_admin.has_merge_permission(request):
        raise PermissionDenied
    chosen = request.GET.getlist("code")[:MOST]
    listed = Organisation.objects.listed().filter(code__in=chosen).select_related("region")
    bodies = list(listed.order_by("pk"))
    if len(bodies) < 2:
        messages.error(request, str(MergeError()))
        return HttpResponseRedirect(reverse("admin:accounts_organisation_changelist"))
    form = MergeForm(request.POST if request.method == "POST" else None, bodies=bodies)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return _page(model_admin, request, bodies, form, status=status)
    try:
        kept = form.merge(by=request.user, now=timezone.now())
    except (MergeError, Busy) as error:
        form.add_error(None, str(error))
        status = 503 if isinstance(error, Busy) else 409
        return _page(model_admin, request, bodies, form, status=status)
    messages.success(request, _("Merged. All of it belongs to %(kept)s now.") % {"kept": kept})
    return HttpResponseRedirect(reverse("admin:accounts_organisation_change", args=[kept.pk]))


def _page(
    model_admin: Any,
    request: HttpRequest,
    bodies: list[Organisation],
    form: MergeForm,
    *,
    status: int,
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge organisations"),
        "opts": Organisation._meta,
        "form": form,
        "choices": list(zip(bodies, form["keep"], strict=True)),
        "lines": [*(_line(bodies, name) for name in COMPARED), *_counts(bodies)],
        "several_bins": len({one.bin for one in bodies if one.bin}) > 1,
    }
    return TemplateResponse(request, "admin/merge_organisations.html", context, status=status)


def _line(bodies: list[Organisation], name: str) -> Line:
    field: Any = Organisation._meta.get_field(name)
    display = f"get_{name}_display"
    cells = [
        getattr(one, display)() if hasattr(one, display) else getattr(one, name) for one in bodies
    ]
    return Line(str(capfirst(field.verbose_name)), cells)


def _counts(bodies: list[Organisation]) -> list[Line]:
    """Count what belongs to each, whatever features there are; a query for each of them."""
    lines = []
    for relation in relations():
        model: Any = relation.related_model
        name = relation.field.name  # type: ignore[attr-defined]
        if model in (LikelyDouble, Organisation):
            continue
        rows = model._base_manager.filter(**{f"{name}__in": bodies}).order_by()
        counts = dict(rows.values_list(name).annotate(count=Count("pk")))
        lines.append(
            Line(
                str(capfirst(model._meta.verbose_name_plural)),
                [counts.get(one.pk, 0) for one in bodies],
            )
        )
    return lines

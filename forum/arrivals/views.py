"""The check-in page, and what its script asks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts.users.access import signed_in
from forum.arrivals import actions
from forum.arrivals.access import find_by_name, get_device, get_scan
from forum.arrivals.answers import answer_of, for_devices, found_by_name, take_in
from forum.arrivals.asking import read_gate, read_key, read_mark, read_start, read_upload
from forum.arrivals.clocks import forum_day
from forum.arrivals.counts import counts_of
from forum.arrivals.errors import ArrivalError, DeviceRevoked
from forum.arrivals.forms import DeviceForm, UndoForm
from forum.arrivals.listing import (
    CHUNK,
    hashes_admitted,
    listed,
    mark_now,
    rows_from,
    rows_since,
)
from forum.arrivals.models import Device
from forum.arrivals.page import page_context
from forum.editions.access import get_check_in_edition
from forum.editions.models import Edition


@never_cache
@login_required
@require_safe
def check_in(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the page that scans; its script does the rest, without a network too."""
    found = get_check_in_edition(edition, person=request.user)
    runs = Edition.objects.run_by(signed_in(request)).filter(pk=found.pk).exists()
    context = page_context(found) | {"runs": runs}
    return render(request, "forum/arrivals/check_in.html", context)


@never_cache
@require_safe
def worker(request: HttpRequest, edition: str) -> HttpResponse:  # noqa: ARG001
    """Send the service worker from an address above nothing but the check-in page."""
    script = "text/javascript; charset=utf-8"
    return render(request, "forum/arrivals/worker.js", content_type=script)


@never_cache
@require_safe
def manifest(request: HttpRequest, edition: str) -> JsonResponse:  # noqa: ARG001
    """Tell a phone how the page stands among its programs."""
    name = _("Check-in, forum %(edition)s") % {"edition": edition}
    told = {
        "name": name,
        "short_name": _("Check-in"),
        "lang": get_language(),
        "start_url": reverse("check_in", args=[edition]),
        "scope": reverse("check_in", args=[edition]),
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#006f88",
        "icons": [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@never_cache
@require_POST
@for_devices
def enrol(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Set this browser up as a device, by the name of where it stands."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        raise ArrivalError(*form.errors["name"])
    name = form.cleaned_data["name"]
    device = actions.enrol(edition, name=name, by=signed_in(request), now=timezone.now())
    return {"key": str(device.key), "name": device.name}


@never_cache
@require_POST
@for_devices
def scans(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Take in what a device scanned, and answer each; what it sent before changes nothing."""
    now, device = timezone.now(), _device(request, edition)
    upload = read_upload(edition, request.body, now=now)
    answers = take_in(edition, upload, device=device, by=signed_in(request), now=now)
    actions.heard_from(device, offset=upload.offset, now=now)
    return {"answers": answers, "now": _now(now), "revoked": device.revoked_at is not None}


@never_cache
@gzip_page
@require_safe
@for_devices
def people(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Send a chunk of the list, or what changed since the device's mark `?since=`."""
    now, gate = timezone.now(), read_gate(request.GET.get("gate"))
    if _device(request, edition).revoked_at:
        raise DeviceRevoked
    since, start = read_mark(request.GET.get("since")), read_start(request.GET.get("from"))
    told = {"mark": str(mark_now(now, since)), "now": _now(now)}
    if since:
        return told | {
            "rows": rows_since(edition, since, gate=gate, now=now),
            "admitted": hashes_admitted(edition, gate),
        }
    rows = rows_from(edition, start, gate=gate, now=now)
    return told | {
        "rows": rows,
        "next": start + CHUNK if len(rows) == CHUNK else None,
        "total": None if start else listed(edition).count(),
        "admitted": None if start else hashes_admitted(edition, gate),
    }


@never_cache
@require_safe
@for_devices
def search(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Find people by any part of the name, in any spelling, or by code."""
    now, gate = timezone.now(), read_gate(request.GET.get("gate"))
    found = find_by_name(edition, request.GET.get("q", "")[:100])
    return {"found": found_by_name(edition, found, gate=gate, day=forum_day(edition, now), now=now)}


@never_cache
@login_required
@conditional_page
@require_safe
def counts(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how many have come; asked every few seconds, sent when it is another number."""
    found = get_check_in_edition(edition, person=request.user)
    told = counts_of(found, day=forum_day(found, timezone.now()))
    return render(request, "forum/arrivals/_counts.html", {"edition": found, "counts": told})


@never_cache
@require_POST
@for_devices
def undo(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Take a mistaken check-in back."""
    scan, form = get_scan(edition, read_key(request.POST.get("nonce"))), UndoForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    undone = actions.undo(scan, by=signed_in(request), reason=reason, now=timezone.now())
    return answer_of(undone)


def _device(request: HttpRequest, edition: Edition) -> Device:
    return get_device(edition, read_key(request.headers.get("X-Device")))


def _now(now: Any) -> int:
    return round(now.timestamp() * 1000)

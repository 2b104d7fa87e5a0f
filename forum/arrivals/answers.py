"""What a device is answered, and with which status a refusal comes."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from accounts.locks import Busy
from accounts.models import User
from forum.arrivals import actions
from forum.arrivals.asking import Upload
from forum.arrivals.deciding import verdict_of_standing
from forum.arrivals.errors import (
    ArrivalError,
    DeviceRevoked,
    TooMany,
    UnknownDevice,
    Unreadable,
)
from forum.arrivals.listing import days_held, hash_of
from forum.arrivals.models import Device, Scan, Verdict
from forum.editions.access import get_check_in_edition
from forum.editions.models import Edition
from forum.registrations.models import Registration

STATUS: dict[type[Exception], int] = {
    Unreadable: 400,
    UnknownDevice: 409,
    DeviceRevoked: 410,
    TooMany: 413,
    Busy: 503,
}
Told = dict[str, Any]


def for_devices(view: Callable[[HttpRequest, Edition], Told]) -> Callable[..., JsonResponse]:
    """Answer a device with what `view` tells, or with why not.

    Who is signed out is told so by a 403: the device keeps what it has not sent. Who may not
    check in (any more) gets the 404 of everybody else.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, edition: str) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": _("You are signed out. Sign in again.")}, status=403)
        found = get_check_in_edition(edition, person=request.user)
        try:
            return JsonResponse(view(request, found))
        except RequestDataTooBig:
            too_big = _("This is too much at once. Send it in parts.")
            return JsonResponse({"error": too_big}, status=413)
        except (ArrivalError, Busy) as error:
            return JsonResponse({"error": str(error)}, status=STATUS.get(type(error), 422))

    return answer


def take_in(
    edition: Edition, upload: Upload, *, device: Device, by: User, now: dt.datetime
) -> list[Told]:
    """Check in one after the other, and answer each; what met another writer may come again."""
    answers: list[Told] = []
    for sighting in upload.sightings:
        if sighting is None:
            answers.append({"error": str(Unreadable())})
            continue
        try:
            scan = actions.check_in(
                edition, sighting=sighting, device=device, by=by, now=now, offset=upload.offset
            )
        except Busy as error:
            answers.append({"error": str(error), "again": True})
        except Unreadable as error:
            answers.append({"error": str(error)})
        else:
            answers.append(answer_of(scan))
    return answers


def answer_of(scan: Scan) -> Told:
    """Tell what came of a scan, and what the desk must know of whom it let in."""
    answer: Told = {
        "nonce": str(scan.nonce),
        "verdict": scan.verdict,
        "at": _milliseconds(scan.judged_at),
        "undone": scan.undone_at is not None,
    }
    if scan.registration and scan.verdict != Verdict.REVOKED:
        answer |= who(scan.registration)
    if scan.registration and scan.verdict == Verdict.OTHER_DAY:
        answer |= {"days": days_held(scan.edition, scan.registration)}
    if scan.verdict == Verdict.ALREADY_IN and (first := _first(scan)):
        answer |= {"first": [_milliseconds(first.judged_at), first.device.name]}
    return answer


def who(registration: Registration) -> Told:
    """Tell whom a registration is of."""
    organisation = registration.organisation
    return {
        "name": registration.person.full_name,
        "organisation": str(organisation) if organisation else "",
        "category": registration.category,
    }


def found_by_name(
    edition: Edition,
    registrations: list[Registration],
    *,
    gate: str,
    day: dt.date,
    now: dt.datetime,
) -> list[Told]:
    """Tell whom a search found: what tells namesakes apart, how it stands, whether they are in."""
    scans = Scan.objects.standing().filter(registration__in=registrations, gate=gate, day=day)
    inside = {scan.registration_id: scan for scan in scans.select_related("device")}
    return [
        {
            "code": one.code,
            "hash": hash_of(edition, one),
            **who(one),
            "state": verdict_of_standing(one, at=now) or "",
            "first": _moment_and_place(inside.get(one.pk)),
        }
        for one in registrations
    ]


def _first(scan: Scan) -> Scan | None:
    same = Scan.objects.standing().filter(
        registration=scan.registration, gate=scan.gate, day=scan.day
    )
    return same.select_related("device").first()


def _moment_and_place(scan: Scan | None) -> list[Any] | None:
    return [_milliseconds(scan.judged_at), scan.device.name] if scan else None


def _milliseconds(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)

"""What a delegate may do on my forum: change the calendar's address, and say what was seen."""

import datetime as dt

from accounts.locks import bounded_wait
from forum.registrations.models import Registration
from sessions_app.my_forum.models import MyForum
from sessions_app.timetable.models import Release


@bounded_wait()
def renew_calendar(registration: Registration) -> MyForum:
    """Give the calendar a new address; it is on, and every earlier address has ended."""
    mine = _locked(registration)
    mine.calendar_number += 1
    mine.calendar_off_at = None
    mine.save(update_fields=["calendar_number", "calendar_off_at"])
    return mine


@bounded_wait()
def switch_calendar_off(registration: Registration, *, now: dt.datetime) -> MyForum:
    """End the calendar's address; off already, it stays as it is."""
    mine = _locked(registration)
    if mine.calendar_off_at is None:
        mine.calendar_off_at = now
        mine.save(update_fields=["calendar_off_at"])
    return mine


@bounded_wait()
def see_changes(registration: Registration, release: Release, *, now: dt.datetime) -> MyForum:
    """Write down that the delegate saw the programme as `release` has it; never an older one."""
    mine = _locked(registration)
    seen = mine.seen_release
    if seen is None or seen.number < release.number:
        mine.seen_release, mine.seen_at = release, now
        mine.save(update_fields=["seen_release", "seen_at"])
    return mine


def _locked(registration: Registration) -> MyForum:
    """Return the registration's row, made if need be; two presses at once wait for each other."""
    MyForum.objects.bulk_create([MyForum(registration=registration)], ignore_conflicts=True)
    rows = MyForum.objects.select_for_update(of=("self",)).select_related("seen_release")
    return rows.get(registration=registration)

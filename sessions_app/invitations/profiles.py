"""What a speaker tells: name, position, biography, a photo, and when they can come."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile

from accounts.locks import bounded_wait
from accounts.users.models import User
from sessions_app.invitations.actions import lock, refuse_late, signed
from sessions_app.invitations.errors import Archived, Busy
from sessions_app.invitations.files import forget, stored
from sessions_app.speakers.models import Speaker, SpeakerAvailability


@bounded_wait(Busy)
def tell(speaker: Speaker, told: Mapping[str, str], *, by: User | None) -> Speaker:
    """Write down what the speaker tells of themselves; of what is not told, nothing changes."""
    current = _locked(speaker)
    for name, value in told.items():
        setattr(current, name, value)
    with signed(by):
        current.save()
    return current


@bounded_wait(Busy)
def set_times(
    speaker: Speaker,
    times: Sequence[tuple[dt.datetime, dt.datetime]],
    *,
    by: User | None,
    now: dt.datetime,
) -> None:
    """Put `times` in the place of what was known of when the speaker can come; none is always."""
    current = lock(speaker)
    refuse_late(current.edition, by=by, now=now)
    current.availabilities.all().delete()
    SpeakerAvailability.objects.bulk_create(
        SpeakerAvailability(speaker=current, starts_at=start, ends_at=end) for start, end in times
    )


def set_photo(speaker: Speaker, picture: bytes, *, by: User | None) -> Speaker:
    """Show `picture`, a JPEG of ours, in the place of the one before."""
    with stored(ContentFile(picture), folder="photos", suffix="jpg") as name:
        return _show_photo(speaker, name, by=by)


def remove_photo(speaker: Speaker, *, by: User | None) -> Speaker:
    """Show no photo any more."""
    return _show_photo(speaker, "", by=by)


@bounded_wait(Busy)
def _show_photo(speaker: Speaker, name: str, *, by: User | None) -> Speaker:
    current = _locked(speaker)
    forget(current.photo.name or "")
    current.photo = name
    with signed(by):
        current.save(update_fields=["photo"])
    return current


def _locked(speaker: Speaker) -> Speaker:
    current = lock(speaker)
    if current.edition.archived_at:
        raise Archived
    return current

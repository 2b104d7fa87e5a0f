"""Marks what clashes in an imported programme, so that it can be published, and names each."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.exchange.report import ImportRefused
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.clashes import Stay, overlaps, room_sentence, speaker_sentence
from sessions_app.timetable.draft import drafted, room_stays, speaker_stays
from sessions_app.timetable.models import Release, Room

MOST_CLASHES = 5_000
"""38C3 has 180. Of n sessions at one time in one room, n²/2 pairs clash."""


def mark_clashes(edition: Edition) -> list[str]:
    """Mark rooms held twice as shared and the later of two appearances as not exclusive.

    The file's organisers know of it; who publishes reads it in the returned sentences. Raises
    ImportRefused where there are more than MOST_CLASHES: such a file puts all in one place.
    """
    newest = Release.objects.filter(edition=edition).newest().first()
    draft = drafted(edition, newest=newest.pk if newest else None)
    rooms = _bounded(overlaps(room_stays(draft)))
    people = _bounded(overlaps(speaker_stays(draft)))
    if not rooms and not people:
        return []
    Room.objects.filter(pk__in={later.place for _earlier, later in rooms}).update(shared=True)
    marked = Q(pk=None)
    for _earlier, later in people:
        marked |= Q(session=later.holder, speaker=later.place)
    Appearance.objects.filter(marked).update(exclusive=False)
    return _sentences(edition, rooms, people)


def _bounded(clashes: Iterator[tuple[Stay[int], Stay[int]]]) -> list[tuple[Stay[int], Stay[int]]]:
    found = list(islice(clashes, MOST_CLASHES + 1))
    if len(found) > MOST_CLASHES:
        raise ImportRefused(
            _(
                "More than 5,000 times a room or a person is in two places at once. Check the"
                " rooms and times of the file."
            )
        )
    return found


def _sentences(
    edition: Edition,
    rooms: list[tuple[Stay[int], Stay[int]]],
    people: list[tuple[Stay[int], Stay[int]]],
) -> list[str]:
    titles = {session.pk: session.title for session in Session.objects.filter(edition=edition)}
    names = {speaker.pk: speaker.name for speaker in Speaker.objects.filter(edition=edition)}
    halls = {room.pk: room.name for room in Room.objects.filter(edition=edition)}
    in_rooms = [
        room_sentence(
            room=halls[later.place],
            first=titles[earlier.holder],
            second=titles[later.holder],
            at=later.start.astimezone(edition.zone),
        )
        + " "
        + _("The room was marked as shared.")
        for earlier, later in rooms
    ]
    return in_rooms + [
        speaker_sentence(
            speaker=names[later.place],
            first=titles[earlier.holder],
            second=titles[later.holder],
            at=later.start.astimezone(edition.zone),
        )
        + " "
        + _("The second appearance was marked as not exclusive.")
        for earlier, later in people
    ]

"""What a reader may do with the topics of letters: switch one off, and on again."""

import datetime as dt

from accounts.models import User
from forum.subscriptions.models import SwitchedOff, Topic, Way


def switch_off(
    person: User, *, topic: Topic, way: Way, by: User | None, now: dt.datetime
) -> SwitchedOff:
    """Send `person` no more letters of `topic`; who says it twice has said it once."""
    choice = SwitchedOff(person=person, topic=topic, off_at=now, off_way=way, off_by=by)
    SwitchedOff.objects.bulk_create([choice], ignore_conflicts=True)
    return SwitchedOff.objects.standing().get(person=person, topic=topic)


def switch_on(person: User, *, topic: Topic, way: Way, by: User | None, now: dt.datetime) -> int:
    """Send `person` letters of `topic` again; return 0 if they were on already."""
    standing = SwitchedOff.objects.standing().filter(person=person, topic=topic)
    return standing.update(on_again_at=now, on_again_way=way, on_again_by=by)


def switch(
    person: User, *, topic: Topic, on: bool, way: Way, by: User | None, now: dt.datetime
) -> None:
    """Do what a form says: letters of `topic` come, or come no more."""
    if on:
        switch_on(person, topic=topic, way=way, by=by, now=now)
    else:
        switch_off(person, topic=topic, way=way, by=by, now=now)

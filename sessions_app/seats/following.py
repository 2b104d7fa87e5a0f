"""Lets seats follow the newest release: triggers, so that whoever changes it moves them along.

A seat's time is that of its session in the newest release; none while the session is cancelled,
not published, or without seats. Where a session moves into the time of another of the same person,
the one taken later is kept beside, `choose_until`, and the person chooses: a release is never
refused for that, and the exclusion constraint spares those seats.
"""

import pgtrigger

from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room, Slot

HOURS_TO_CHOOSE = 48
"""At most; when the session begins the time is over, too."""

_SLOTS = """
    sessions_app_slot AS slot
    JOIN sessions_app_release AS release ON release.id = slot.release_id AND release.number = (
        SELECT max(newest.number) FROM sessions_app_release AS newest
        WHERE newest.edition_id = release.edition_id
    )
"""
"""The slots of newest releases, for a FROM."""

_OWN_TIME = """
    SELECT slot.during INTO NEW.during
    FROM {slots} JOIN sessions_app_session AS session ON session.id = slot.session_id
    WHERE slot.session_id = NEW.session_id AND NOT slot.cancelled
        AND session.cancelled_at IS NULL AND session.has_seats;
    RETURN NEW;
"""

_CAPACITIES = """
    PERFORM 1 FROM sessions_app_seating
    WHERE session_id = ANY(touched) ORDER BY session_id FOR UPDATE;
    INSERT INTO sessions_app_seating (session_id, capacity, taken, waiting)
    SELECT session.id, CASE
            WHEN session.has_seats AND session.cancelled_at IS NULL AND NOT here.cancelled
            THEN least(session.seat_limit, room.capacity) ELSE 0
        END, 0, 0
    FROM sessions_app_session AS session
    LEFT JOIN (SELECT slot.session_id, slot.room_id, slot.cancelled FROM {slots}) AS here
        ON here.session_id = session.id
    LEFT JOIN sessions_app_room AS room ON room.id = here.room_id
    WHERE session.id = ANY(touched)
    ORDER BY session.id
    ON CONFLICT (session_id) DO UPDATE SET capacity = EXCLUDED.capacity
    WHERE sessions_app_seating.capacity IS DISTINCT FROM EXCLUDED.capacity;
"""

_UNTIL = """CASE WHEN edition.is_demo THEN now() + interval '{hours} hours'
    ELSE least(lower({during}), now() + interval '{hours} hours') END"""

# First all that have another time, and what they clash with, are put beside; then those come back
# that can, the ones taken first before the others. Whose session takes place after all yields to
# what was taken meanwhile.
_SEATS = """
    SELECT array_agg(seat.id) INTO restored FROM sessions_app_seat AS seat
    WHERE seat.session_id = ANY(touched) AND seat.taken_at IS NOT NULL
        AND seat.released_at IS NULL AND seat.during IS NULL;
    WITH standing AS (
        SELECT session.id AS session_id, here.during,
            {until_here} AS until
        FROM sessions_app_session AS session
        JOIN forum_edition AS edition ON edition.id = session.edition_id
        LEFT JOIN (SELECT slot.session_id, slot.during, slot.cancelled FROM {slots}) AS here
            ON here.session_id = session.id AND NOT here.cancelled
            AND session.cancelled_at IS NULL AND session.has_seats
        WHERE session.id = ANY(touched)
    ), moved AS (
        UPDATE sessions_app_seat AS seat
        SET choose_until = CASE WHEN seat.taken_at IS NOT NULL AND standing.during IS NOT NULL
            THEN standing.until END
        FROM standing
        WHERE seat.session_id = standing.session_id AND seat.released_at IS NULL
            AND seat.during IS DISTINCT FROM standing.during
        RETURNING seat.registration_id
    )
    SELECT array_agg(DISTINCT registration_id) INTO affected FROM moved;
    IF affected IS NULL THEN RETURN NULL; END IF;
    UPDATE sessions_app_seat AS seat SET choose_until = {until_seat}
    FROM forum_registration AS registration
    JOIN forum_edition AS edition ON edition.id = registration.edition_id
    WHERE registration.id = seat.registration_id AND seat.registration_id = ANY(affected)
        AND seat.taken_at IS NOT NULL AND seat.released_at IS NULL AND seat.choose_until IS NULL
        AND EXISTS (
            SELECT 1 FROM sessions_app_seat AS other
            WHERE other.registration_id = seat.registration_id AND other.id <> seat.id
                AND other.choose_until IS NOT NULL AND other.released_at IS NULL
                AND other.during && seat.during
        );
    UPDATE sessions_app_seat AS seat SET choose_until = NULL
    WHERE seat.registration_id = ANY(affected) AND seat.choose_until IS NOT NULL
        AND seat.released_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM sessions_app_seat AS other
            WHERE other.registration_id = seat.registration_id AND other.id <> seat.id
                AND other.taken_at IS NOT NULL AND other.released_at IS NULL
                AND other.during && seat.during
        );
    FOR one IN
        SELECT seat.id, seat.registration_id, seat.during FROM sessions_app_seat AS seat
        WHERE seat.registration_id = ANY(affected) AND seat.choose_until IS NOT NULL
            AND seat.released_at IS NULL
        ORDER BY seat.id = ANY(coalesce(restored, '{{}}')), seat.taken_at, seat.id
    LOOP
        UPDATE sessions_app_seat AS seat SET choose_until = NULL
        WHERE seat.id = one.id AND NOT EXISTS (
            SELECT 1 FROM sessions_app_seat AS other
            WHERE other.registration_id = one.registration_id AND other.id <> one.id
                AND other.taken_at IS NOT NULL AND other.released_at IS NULL
                AND other.choose_until IS NULL AND other.during && one.during
        );
    END LOOP;
    RETURN NULL;
"""

_IF_ANY = "IF touched IS NULL THEN RETURN NULL; END IF;"
_WITH_SEATS = """
    (session.has_seats OR EXISTS (
        SELECT 1 FROM sessions_app_seating AS seating WHERE seating.session_id = session.id
    ))
"""
_OF_SESSION = """
    SELECT array_agg(session.id) INTO touched FROM sessions_app_session AS session
    WHERE session.id = NEW.id AND {with_seats};
"""
_OF_RELEASES = """
    SELECT array_agg(session.id) INTO touched FROM sessions_app_session AS session
    WHERE {with_seats} AND session.edition_id IN (
        SELECT release.edition_id FROM new_rows
        JOIN sessions_app_release AS release ON release.id = new_rows.release_id
    );
"""
_OF_ROOM = """
    SELECT array_agg(session.id) INTO touched FROM sessions_app_session AS session
    JOIN (SELECT slot.session_id, slot.room_id FROM {slots}) AS here ON here.session_id = session.id
    WHERE here.room_id = NEW.id AND {with_seats};
"""


def _filled(text: str) -> str:
    """Put in what several of the functions ask for."""
    told = {"slots": _SLOTS, "with_seats": _WITH_SEATS}
    for name, during in (("until_here", "here.during"), ("until_seat", "seat.during")):
        told[name] = _UNTIL.format(hours=HOURS_TO_CHOOSE, during=during)
    return text.format(**told)


OWN_TIME = _filled(_OWN_TIME)
"""The function by which a seat gets its time."""


def _follows(name: str, touched: str, **told: object) -> pgtrigger.Trigger:
    """Make a trigger after which the seats of the `touched` sessions are right again."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        declare=[
            ("touched", "BIGINT[]"),
            ("restored", "BIGINT[]"),
            ("affected", "BIGINT[]"),
            ("one", "RECORD"),
        ],
        func=_filled(f"{touched} {_IF_ANY} {_CAPACITIES} {_SEATS}"),
        **told,
    )


pgtrigger.register(
    _follows("seats_begin", _OF_SESSION, operation=pgtrigger.Insert),
    _follows(
        "seats_follow",
        _OF_SESSION,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("has_seats", "seat_limit", "cancelled_at"),
    ),
)(Session)
pgtrigger.register(
    _follows(
        "seats_follow",
        _OF_ROOM,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("capacity"),
    )
)(Room)
pgtrigger.register(
    *(
        _follows(
            f"seats_follow_{name}",
            _OF_RELEASES,
            level=pgtrigger.Statement,
            operation=operation,
            referencing=pgtrigger.Referencing(new="new_rows"),
        )
        for name, operation in (("new", pgtrigger.Insert), ("changed", pgtrigger.Update))
    )
)(Slot)

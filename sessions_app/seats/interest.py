"""What people want to see, as numbers: for organisers, and for who proposes a timetable."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from forum.editions.models import Edition

# Whoever starred a session, holds a seat in it or waits for one; each person once a session.
_WANTED = """
    WITH wanted AS (
        SELECT star.person_id, star.session_id FROM sessions_app_star AS star
        JOIN sessions_app_session AS session ON session.id = star.session_id
        WHERE session.edition_id = %(edition)s
        UNION
        SELECT registration.person_id, seat.session_id FROM sessions_app_seat AS seat
        JOIN forum_registration AS registration ON registration.id = seat.registration_id
        WHERE registration.edition_id = %(edition)s AND seat.released_at IS NULL
    )
    SELECT one.session_id, other.session_id, count(*) FROM wanted AS one
    JOIN wanted AS other ON other.person_id = one.person_id AND other.session_id >= one.session_id
    GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Interest:
    """How many people want to see each session, and both of each pair, by the sessions' ids."""

    people: Mapping[int, int]
    pairs: Mapping[frozenset[int], int]


def interest(edition: Edition) -> Interest:
    """Count, with one query, who starred, holds a seat or waits for one. Names nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_WANTED, {"edition": edition.pk})
        rows = cursor.fetchall()
    return Interest(
        people={one: number for one, other, number in rows if one == other},
        pairs={frozenset((one, other)): number for one, other, number in rows if one != other},
    )

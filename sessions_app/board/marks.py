"""Which state of the draft, and of everything else that the board shows, an answer tells of."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from forum.editions.models import Edition

# Content counts its changes. What only the warnings look at does not: of those few rows a hash is
# made, in no order.
_MARK = """
    SELECT coalesce(draft.version, 0), concat_ws('.',
        stamp.value, extract(epoch FROM stamp.changed_at), (
        SELECT string_agg(coalesce(hash, 0)::text, '.' ORDER BY place) FROM (
            SELECT 1 AS place, sum(hashtextextended(one::text, 0)) AS hash
            FROM sessions_app_speakeravailability AS one
            JOIN sessions_app_speaker AS speaker ON speaker.id = one.speaker_id
            WHERE speaker.edition_id = stamp.edition_id
            UNION ALL SELECT 2, sum(hashtextextended(one::text, 0))
            FROM sessions_app_roomavailability AS one
            JOIN sessions_app_room AS room ON room.id = one.room_id
            WHERE room.edition_id = stamp.edition_id
            UNION ALL SELECT 3, sum(hashtextextended(one::text, 0))
            FROM sessions_app_walk AS one
            JOIN sessions_app_building AS building ON building.id = one.one_id
            WHERE building.edition_id = stamp.edition_id
            UNION ALL SELECT 4, sum(hashtextextended(one::text, 0))
            FROM sessions_app_building AS one WHERE one.edition_id = stamp.edition_id
            UNION ALL SELECT 5, sum(hashtextextended(one::text, 0))
            FROM sessions_app_warninglevel AS one WHERE one.edition_id = stamp.edition_id
        ) AS inputs
    ))
    FROM forum_contentstamp AS stamp
    LEFT JOIN sessions_app_draft AS draft ON draft.edition_id = stamp.edition_id
    WHERE stamp.edition_id = %s
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """The draft's version, and a stamp of content and of what the warnings look at."""

    version: int
    stamp: str

    def told(self) -> dict[str, Any]:
        """Write it down for the board's script."""
        return {"version": self.version, "stamp": self.stamp}


def mark_of(edition: Edition) -> Mark:
    """Read both in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [edition.pk])
        row = cursor.fetchone()
    return Mark(*row) if row else Mark(0, "")

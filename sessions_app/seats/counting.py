"""Counts the seats of each session: triggers, so that bulk writes and SQL count too."""

import pgtrigger

_CHANGES = {
    "new": """SELECT session_id, 1 AS sign, taken_at FROM new_rows WHERE released_at IS NULL""",
    "old": """SELECT session_id, -1 AS sign, taken_at FROM old_rows WHERE released_at IS NULL""",
}
_COUNT = """
    UPDATE sessions_app_seating AS seating
    SET taken = seating.taken + total.taken, waiting = seating.waiting + total.waiting
    FROM (
        SELECT session_id,
            coalesce(sum(sign) FILTER (WHERE taken_at IS NOT NULL), 0) AS taken,
            coalesce(sum(sign) FILTER (WHERE taken_at IS NULL), 0) AS waiting
        FROM ({rows}) AS every GROUP BY 1
    ) AS total
    WHERE seating.session_id = total.session_id AND (total.taken <> 0 OR total.waiting <> 0);
    RETURN NULL;
"""


def counts_seats() -> list[pgtrigger.Trigger]:
    """Make the triggers by which seats and those who wait are counted, once a statement."""
    tables = {
        pgtrigger.Insert: ("inserted", ["new"], pgtrigger.Referencing(new="new_rows")),
        pgtrigger.Update: (
            "updated",
            ["new", "old"],
            pgtrigger.Referencing(new="new_rows", old="old_rows"),
        ),
        pgtrigger.Delete: ("deleted", ["old"], pgtrigger.Referencing(old="old_rows")),
    }
    return [
        pgtrigger.Trigger(
            name=f"count_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=_COUNT.format(rows=" UNION ALL ".join(_CHANGES[each] for each in rows)),
        )
        for operation, (name, rows, referencing) in tables.items()
    ]

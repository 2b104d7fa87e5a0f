"""Counts the places that registrations hold: triggers, so that bulk writes and SQL count too.

Each statement changes the edition's counter first and then its quotas': writers that forgot the
lock of the edition meet at its row, in one order.
"""

import pgtrigger

_ADDED = """SELECT edition_id, category, region_id, organisation_id, 1 AS number
        FROM new_rows WHERE holds"""
_GONE = """SELECT edition_id, category, region_id, organisation_id, -1 AS number
        FROM old_rows WHERE holds"""

_CHANGES = """
    WITH every AS ({rows}), changed AS (
        SELECT edition_id, category, region_id, organisation_id, sum(number) AS number
        FROM every GROUP BY 1, 2, 3, 4 HAVING sum(number) <> 0
    )
"""
_EDITIONS = """
    UPDATE forum_edition AS edition SET places_taken = edition.places_taken + total.number
    FROM (
        SELECT edition_id, sum(number) AS number FROM changed GROUP BY 1 HAVING sum(number) <> 0
    ) AS total
    WHERE edition.id = total.edition_id;
"""
_QUOTAS = """
    UPDATE forum_quota AS quota SET taken = quota.taken + total.number
    FROM (
        SELECT one.id, sum(changed.number) AS number
        FROM forum_quota AS one JOIN changed ON one.edition_id = changed.edition_id
            AND (one.category = '' OR one.category = changed.category)
            AND (one.region_id IS NULL OR one.region_id = changed.region_id)
            AND (one.organisation_id IS NULL OR one.organisation_id = changed.organisation_id)
        GROUP BY one.id HAVING sum(changed.number) <> 0
    ) AS total
    WHERE quota.id = total.id;
"""


def counts_places() -> list[pgtrigger.Trigger]:
    """Make the triggers by which registrations that hold a place are counted, once a statement."""
    tables = {
        pgtrigger.Insert: ("inserted", [_ADDED], pgtrigger.Referencing(new="new_rows")),
        pgtrigger.Update: (
            "updated",
            [_ADDED, _GONE],
            pgtrigger.Referencing(new="new_rows", old="old_rows"),
        ),
        pgtrigger.Delete: ("deleted", [_GONE], pgtrigger.Referencing(old="old_rows")),
    }
    return [
        pgtrigger.Trigger(
            name=f"count_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=_function(" UNION ALL ".join(rows)),
        )
        for operation, (name, rows, referencing) in tables.items()
    ]


def _function(rows: str) -> str:
    changes = _CHANGES.format(rows=rows)
    return f"{changes}{_EDITIONS}{changes}{_QUOTAS} RETURN NULL;"

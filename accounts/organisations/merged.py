"""Rows that point at an organisation stay with the one that is kept when duplicates are merged."""

import pgtrigger

_FOLLOW = """
    SELECT merged_into_id INTO kept FROM accounts_organisation
        WHERE id = NEW.{column} FOR KEY SHARE;
    IF kept IS NOT NULL THEN NEW.{column} = kept; END IF;
    RETURN NEW;
"""


def follows_merge(column: str = "organisation_id") -> pgtrigger.Trigger:
    """Make the trigger that every model with a foreign key to an organisation needs.

    A form may be sent with an organisation that staff merge at that moment: the lock waits for the
    merge, and the row is written to the organisation that was kept. The name comes first in the
    alphabet, so that PostgreSQL runs it before the triggers that count.
    """
    return pgtrigger.Trigger(
        name=f"at_the_kept_{column.removesuffix('_id')}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(column),
        declare=[("kept", "BIGINT")],
        func=_FOLLOW.format(column=column),
    )

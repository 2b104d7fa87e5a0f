"""What keeps a session from being placed, whoever places it: page, admin or workbook."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.timetable.moves import Move, NotPlaceable
from sessions_app.warnings.access import Finding, findings_if, findings_of
from sessions_app.warnings.models import Level

MOST_SENTENCES = 3


def checked_findings(edition: Edition, moves: Sequence[Move]) -> list[Finding]:
    """Return what would be wrong after `moves`; the draft's row is locked.

    Raises NotPlaceable where they would break a rule that blocks the placing, and did not before.
    """
    after = findings_if(edition, moves)
    blocking = [one for one in after if one.level == Level.BLOCKS_PLACING]
    if not blocking:
        return after
    before = {one.key for one in findings_of(edition)}
    if broken := [one.sentence for one in blocking if one.key not in before]:
        raise NotPlaceable(" ".join([_("That is not possible."), *broken[:MOST_SENTENCES]]))
    return after

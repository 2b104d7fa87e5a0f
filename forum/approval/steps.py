"""What can be done with a registration of each status, and what is asked before."""

from collections.abc import Mapping

from forum.approval.models import Step
from forum.registrations.models import Status

STEPS: Mapping[Status, tuple[Step, ...]] = {
    Status.AWAITING: (Step.APPROVE, Step.CONFIRM, Step.DECLINE, Step.CANCEL),
    Status.WAITING: (Step.CONFIRM, Step.MOVE_UP, Step.DECLINE, Step.CANCEL),
    Status.OFFERED: (Step.CONFIRM, Step.DECLINE, Step.CANCEL),
    Status.CONFIRMED: (Step.REOPEN, Step.CANCEL),
    Status.ARRIVED: (),
    Status.DECLINED: (Step.REOPEN,),
    Status.CANCELLED: (),
    Status.DRAFT: (Step.CANCEL,),
}
EVERYWHERE = (Step.APPROVE, Step.CONFIRM, Step.MOVE_UP, Step.DECLINE, Step.REOPEN, Step.CANCEL)
ASKED_FIRST = frozenset({Step.DECLINE, Step.CANCEL, Step.MOVE_UP, Step.REOPEN})
"""These are asked about first, however few are chosen: people read the reason, or lose a place."""


def steps_for(status: str) -> tuple[Step, ...]:
    """Return what the list of a tab offers; that of all offers everything."""
    return STEPS[Status(status)] if status in Status else EVERYWHERE

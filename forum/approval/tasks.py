"""What a worker carries on with."""

import logging

from celery import shared_task

from forum.approval.actions import carry_on
from forum.approval.models import DecisionBatch
from forum.registrations.errors import Busy

logger = logging.getLogger(__name__)


@shared_task
def carry_out(batch: int) -> None:
    """Carry a decision on many out, part by part; another worker may be at it."""
    one = DecisionBatch.objects.get(pk=batch)
    try:
        while carry_on(one):
            pass
    except Busy:
        logger.warning("The decision %s waits for the next minute: many register.", one.code)


@shared_task
def sweep() -> int:
    """Carry on with what no worker was told of, or where one died; return how many there were."""
    left = DecisionBatch.objects.filter(finished_at=None).order_by("asked_at")
    found = list(left.values_list("pk", flat=True))
    for pk in found:
        try:
            carry_out(pk)
        except Exception:
            # One that cannot be carried out must not keep the others.
            logger.exception("The decision %s is not carried out.", pk)
    return len(found)

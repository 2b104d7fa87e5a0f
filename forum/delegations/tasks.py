"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.delegations.planners import endorsements_asked, endorsements_denied
from forum.mailing.planning import carry_out


@shared_task
def plan_letters() -> int:
    """Write the digests to contacts and organisers that are due."""
    return carry_out([endorsements_asked, endorsements_denied], now=timezone.now())

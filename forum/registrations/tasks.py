"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from forum.registrations.planners import edition_reminders, organiser_summaries


@shared_task
def plan_letters() -> int:
    """Write the reminders and summaries that are due."""
    return carry_out([edition_reminders, organiser_summaries], now=timezone.now())

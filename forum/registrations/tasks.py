"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from forum.registrations.planners import edition_reminders, organiser_summaries, place_offers


@shared_task
def plan_letters() -> int:
    """Write the offers, reminders and summaries that are due."""
    rules = [place_offers, edition_reminders, organiser_summaries]
    return carry_out(rules, now=timezone.now())

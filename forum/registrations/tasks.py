"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from forum.registrations.planners import organiser_summaries, place_offers


@shared_task
def plan_letters() -> int:
    """Write the offers and summaries that are due."""
    rules = [place_offers, organiser_summaries]
    return carry_out(rules, now=timezone.now())

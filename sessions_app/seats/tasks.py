"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from sessions_app.seats.planners import seats_given


@shared_task
def plan_seats() -> int:
    """Give the seats that are free, and write to those who got them."""
    return carry_out([seats_given], now=timezone.now())

"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from sessions_app.invitations.planners import answer_reminders


@shared_task
def plan_letters() -> int:
    """Write the reminders to speakers that are due; they are invited before anybody else reads."""
    return carry_out([answer_reminders], now=timezone.now(), hidden_too=True)

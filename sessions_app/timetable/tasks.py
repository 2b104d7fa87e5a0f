"""What beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from sessions_app.timetable.planners import day_summaries, edition_reminders, session_reminders


@shared_task
def plan_letters() -> int:
    """Write the reminders and the day's summaries that are due."""
    return carry_out([edition_reminders, session_reminders, day_summaries], now=timezone.now())

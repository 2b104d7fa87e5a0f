"""What a release starts, and beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from sessions_app.releases.planners import letters_of_no_use, release_letters


@shared_task
def plan_letters() -> int:
    """Take back letters about releases that are of no use, and write those that nobody has yet."""
    return carry_out([letters_of_no_use, release_letters], now=timezone.now())

"""What a release starts, and beat asks every minute."""

from celery import shared_task
from django.utils import timezone

from forum.mailing.planning import carry_out
from sessions_app.releases.planners import release_letters


@shared_task
def plan_letters() -> int:
    """Write the letters about releases of which nobody was told yet."""
    return carry_out([release_letters], now=timezone.now())

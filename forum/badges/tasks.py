"""What workers do for badges."""

from celery import shared_task
from django.utils import timezone

from forum.badges import actions
from forum.badges.models import BadgeBatch


@shared_task
def make_batch(code: str) -> None:
    """Make the badges that somebody asked for."""
    actions.make(code, clock=timezone.now)


@shared_task
def look_after() -> None:
    """Every minute: tell a worker of what nobody took up, and remove old files."""
    now = timezone.now()
    for batch in BadgeBatch.objects.unheard(now=now):
        actions.tell_workers(batch.code)
    actions.remove_outdated(now=now)

"""What beat asks every hour."""

from celery import shared_task
from django.utils import timezone

from forum.needs.actions import erase_due


@shared_task
def erase_needs() -> int:
    """Erase the needs of editions that ended two weeks ago."""
    return erase_due(now=timezone.now())

"""What the workers do for the list of organisations."""

from celery import shared_task
from django.utils import timezone

from accounts.organisations.doubles import find_doubles


@shared_task
def look_for_doubles() -> int:
    """Look for organisations that are listed twice; each night, and when staff ask for it."""
    return find_doubles(now=timezone.now())

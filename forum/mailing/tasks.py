"""What the workers do for the outbox."""

import os
import socket
import uuid

from celery import shared_task
from django.utils import timezone

from forum.mailing import actions, sending


def _sender_name() -> str:
    """Name this run of a sender: host and process for people, a random end for the claim."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


@shared_task
def send_due() -> int:
    """Send what is due; return how many went."""
    return sending.send_due(by=_sender_name())


@shared_task
def sweep() -> int:
    """Every minute: free what dead senders held, set aside what is too late, send the rest."""
    sending.recover(now=timezone.now())
    return sending.send_due(by=_sender_name())


@shared_task
def purge() -> int:
    """Every night: erase the texts of letters that are old; return how many that were."""
    return actions.purge(now=timezone.now())

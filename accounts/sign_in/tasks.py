"""What the workers do for sign-in."""

from celery import shared_task

from accounts.sign_in.sessions import SessionStore


@shared_task
def forget_ended_sessions() -> None:
    """Delete what nobody can use any more; every visitor of a form leaves a session behind."""
    SessionStore.clear_expired()

"""The site, and its editions, mail and registrations."""

from forum.celery import app as celery_app

__all__ = ["celery_app"]

"""The Celery application; its settings are Django's, prefixed CELERY_."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init
from django.conf import settings

from forum.environment import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

app = Celery("forum")
app.config_from_object("django.conf:settings", namespace="CELERY")


@celeryd_init.connect
@beat_init.connect
def _refuse_unsafe_start(**_arguments: Any) -> None:
    refuse_unsafe_start(settings)

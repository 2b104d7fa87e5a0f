from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Connects the worker's sign of life to Celery's signals.
        from forum.editions.actions import places_added
        from forum.health import heartbeats  # noqa: F401
        from forum.registrations.actions import promote_into_added_places

        places_added.connect(promote_into_added_places)

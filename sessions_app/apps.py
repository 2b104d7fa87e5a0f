from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from forum.needs.gatherings import sources
        from sessions_app.audiences.gatherings import SESSIONS
        from sessions_app.invitations import files
        from sessions_app.seats import hearing
        from sessions_app.timetable import moves
        from sessions_app.warnings.placing import checked_findings

        files.connect()
        hearing.connect()
        moves.guards.append(checked_findings)
        sources.append(SESSIONS)

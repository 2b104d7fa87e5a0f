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
        from sessions_app.releases.attendance import tells_seats
        from sessions_app.releases.foretelling import foretells
        from sessions_app.seats import hearing
        from sessions_app.seats.attending import HOLDERS, SEATS, foretell_seats
        from sessions_app.timetable import moves
        from sessions_app.warnings import reading
        from sessions_app.warnings.placing import checked_findings

        files.connect()
        hearing.connect()
        tells_seats(SEATS)
        foretells(foretell_seats)
        reading.seated["seat_holders"] = HOLDERS
        moves.guards.append(checked_findings)
        sources.append(SESSIONS)

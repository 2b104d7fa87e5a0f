"""`manage.py load_scale`: an edition as large as the largest, for measuring."""

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sessions_app.scale.fill import AlreadyThere, fill


class Command(BaseCommand):
    help = "Fills a new edition with fictional organisations, registrations and sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", default="scale", help="the new edition's address")
        parser.add_argument("--organisations", type=int, default=18_000)
        parser.add_argument("--registrations", type=int, default=18_000)
        parser.add_argument("--sessions", type=int, default=300)

    def handle(
        self,
        *,
        edition: str,
        organisations: int,
        registrations: int,
        sessions: int,
        **_options: object,
    ) -> None:
        if min(organisations, registrations, sessions) < 0:
            raise CommandError("A count cannot be below 0.")
        begun = time.monotonic()

        def tell(what: str) -> None:
            self.stdout.write(f"{time.monotonic() - begun:6.1f} s  {what}")
            self.stdout.flush()

        try:
            fill(
                edition,
                organisations=organisations,
                registrations=registrations,
                sessions=sessions,
                now=timezone.now(),
                tell=tell,
            )
        except AlreadyThere as error:
            raise CommandError(str(error)) from error

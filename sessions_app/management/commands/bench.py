"""`manage.py bench`: measure the public pages; `make bench` calls it."""

import subprocess
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Measures each public page beside a null view; writes var/bench/<time>.md and .json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="PART", help="measure these parts only")

    def handle(self, *, parts: list[str], **_options: object) -> None:
        # A process of its own: settings are read once, and the bench has a database of its own.
        command = [sys.executable, "-m", "sessions_app.bench", *parts]
        done = subprocess.run(command, check=False)  # noqa: S603
        if done.returncode:
            raise CommandError("A target was missed, or the benchmark could not run; see above.")

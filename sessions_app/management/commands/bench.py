"""`manage.py bench`: measure the public pages; `make bench` calls it."""

import subprocess
import sys

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Measures each public page beside a null view; writes var/bench/<time>.md and .json."

    def handle(self, **_options: object) -> None:
        # A process of its own: settings are read once, and the bench has a database of its own.
        done = subprocess.run([sys.executable, "-m", "sessions_app.bench"], check=False)
        if done.returncode:
            raise CommandError("A target was missed, or the benchmark could not run; see above.")

"""`manage.py check_catalogues`: the translations' part of `make lint`."""

import shutil

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forum.catalogue_checks import problems


class Command(BaseCommand):
    help = "Check that every sentence of the code is translated into Kazakh and Russian."
    requires_system_checks = []

    def handle(self, *_args: object, **_options: object) -> None:
        found = list(problems(settings.BASE_DIR))
        if not shutil.which("xgettext"):
            self.stderr.write(
                "gettext is not installed: the catalogues were checked, but not against the code."
            )
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} problems in the translations."]))
        self.stdout.write("The translations are whole.")

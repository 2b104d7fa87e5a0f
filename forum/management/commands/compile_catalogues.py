"""`manage.py compile_catalogues`: what `make run` does to the translations."""

from django.conf import settings
from django.core.management.base import BaseCommand

from forum.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translations that changed; needs no gettext on the machine."
    requires_system_checks = []

    def handle(self, *_args: object, **_options: object) -> None:
        for path in compile_catalogues(settings.BASE_DIR / "locale"):
            self.stdout.write(f"compiled {path.relative_to(settings.BASE_DIR)}")

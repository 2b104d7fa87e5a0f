"""`manage.py show_letters`: an example of every letter in every language, as files to look at."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sessions_app.gallery.examples import examples


class Command(BaseCommand):
    help = "Writes an example of every letter in every language, as text and HTML; sends nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.VAR_DIR / "letters",
            help="where they go; var/letters/ by default",
        )

    def handle(self, *, folder: Path, **_options: object) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = 0
        for shown in examples(now=timezone.now()):
            (folder / f"{shown.name}.html").write_text(shown.letter.html)
            (folder / f"{shown.name}.txt").write_text(
                f"{shown.letter.subject}\n\n{shown.letter.text}"
            )
            number += 1
        self.stdout.write(f"{number} letters are in {folder}.")

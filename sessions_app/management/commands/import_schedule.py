"""`manage.py import_schedule`: brings a schedule.xml or .json into an edition."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from forum.editions.models import Edition
from sessions_app.exchange.actions import import_new_edition, import_schedule
from sessions_app.exchange.raw import UnreadableSchedule
from sessions_app.exchange.report import ImportRefused, Report


class Command(BaseCommand):
    help = (
        "Imports a frab or pentabarf schedule.xml or .json, all or nothing, and says what it found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a schedule.xml or schedule.json")
        parser.add_argument("--edition", required=True, help="the edition's address or number")
        parser.add_argument(
            "--create", action="store_true", help="make the edition if it is missing"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing; report the same")
        parser.add_argument(
            "--draft",
            action="store_true",
            help="publish neither a release nor an edition that --create makes",
        )

    def handle(
        self, *, file: str, edition: str, create: bool, dry_run: bool, draft: bool, **_: object
    ) -> None:
        # The report is read in a terminal, and by scripts, in one language.
        with translation.override("en"):
            try:
                report = self._import(
                    Path(file), str(edition), create=create, dry_run=dry_run, draft=draft
                )
            except (UnreadableSchedule, ImportRefused) as error:
                raise CommandError(str(error)) from error
            self.stdout.write("\n".join(report.lines()))

    def _import(self, path: Path, name: str, *, create: bool, dry_run: bool, draft: bool) -> Report:
        found = find_edition(name)
        if found is None and not create:
            raise CommandError(
                f"There is no edition “{name}”. Add --create to make it from the file."
            )
        try:
            with path.open("rb") as stream:
                if found:
                    return import_schedule(
                        stream,
                        found,
                        by=None,
                        now=timezone.now(),
                        dry_run=dry_run,
                        draft=draft,
                        tell=self.stdout.write,
                    )
                return import_new_edition(
                    stream,
                    name,
                    by=None,
                    now=timezone.now(),
                    dry_run=dry_run,
                    draft=draft,
                    tell=self.stdout.write,
                )
        except (OSError, ValueError) as error:
            if isinstance(error, UnreadableSchedule | ImportRefused):
                raise
            reason = getattr(error, "strerror", None) or str(error)
            raise CommandError(f"The file cannot be read: {path} ({reason}).") from error


def find_edition(name: str) -> Edition | None:
    """Find an edition by its address, else by its number; None where several bear the number."""
    if found := Edition.objects.filter(slug=name).first():
        return found
    if name.isdecimal() and int(name) <= 32767:
        numbered = list(Edition.objects.filter(number=int(name))[:2])
        return numbered[0] if len(numbered) == 1 else None
    return None

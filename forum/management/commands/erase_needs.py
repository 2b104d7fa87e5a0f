"""`manage.py erase_needs`: erases what the people of an edition that is over need."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from forum.editions.models import Edition
from forum.needs.actions import NotOverYet, erase


class Command(BaseCommand):
    help = (
        "Erases what delegates of an edition that is over need, from their history, too; beat does"
        " it two weeks after the last day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", required=True, help="the edition's address")

    def handle(self, *, edition: str, **_: object) -> None:
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise CommandError(f"There is no edition “{edition}”.")
        with translation.override("en"):
            try:
                done = erase(found, by=None, now=timezone.now())
            except NotOverYet as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"Erased: {done.registrations} registrations, {done.snapshots} entries of their history"
        )

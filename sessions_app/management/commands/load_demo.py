"""`manage.py load_demo`: the demo editions and, beside embedded servers, the demo people."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.users.demo import DEMO_PASSWORD, DEMO_PEOPLE
from sessions_app.demo.load import DemoRefused, load_demo


class Command(BaseCommand):
    help = "Loads the demo: the 12th edition and the 11th. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people",
            action="store_true",
            help="load nothing; print who can sign in where the servers are embedded",
        )

    def handle(self, *, people: bool, **_options: object) -> None:
        if people:
            self.stdout.write(people_table())
            return
        try:
            loaded = load_demo(now=timezone.now())
        except DemoRefused as error:
            raise CommandError(str(error)) from error
        if not loaded.editions and not loaded.people:
            self.stdout.write("The demo is loaded already; nothing was changed.")
            return
        editions = ", ".join(loaded.editions) or "none"
        self.stdout.write(f"Loaded. Editions: {editions}. Demo people: {loaded.people}.")


def people_table() -> str:
    """Write the demo people as lines: e-mail, password, role."""
    width = max(len(person.email) for person in DEMO_PEOPLE)
    return "\n".join(
        f"{person.email:<{width}}  {DEMO_PASSWORD}  {person.role}" for person in DEMO_PEOPLE
    )

"""The demo people, who can sign in: only beside the embedded servers, never in production."""

from typing import NamedTuple

from accounts.languages import Language

# Everybody may know it; `manage.py check --deploy` refuses it.
DEMO_PASSWORD = "civil-forum-demo"  # noqa: S105


class DemoPerson(NamedTuple):
    """One who shows what a role may do."""

    email: str
    role: str
    family_name: str
    given_name: str
    language: Language


ADMIN = DemoPerson("admin@example.org", "administrator", "Әкімші", "Үлгі", Language.KAZAKH)
ORGANISER = DemoPerson(
    "organiser@example.org", "organiser of the 12th", "Ұйымдастырушы", "Үлгі", Language.KAZAKH
)
ORGANISER_11 = DemoPerson(
    "organiser11@example.org", "organiser of the 11th", "Организаторов", "Образец", Language.RUSSIAN
)
REGISTRAR = DemoPerson(
    "registrar@example.org", "registrar (staff)", "Регистраторов", "Образец", Language.RUSSIAN
)
DELEGATE = DemoPerson(
    "delegate@example.org", "delegate, registered", "Делегат", "Үлгі", Language.KAZAKH
)
NEWCOMER = DemoPerson(
    "newcomer@example.org", "delegate, not yet registered", "Newcomer", "Sample", Language.ENGLISH
)
HELPER = DemoPerson(
    "door@example.org",
    "checks in at the doors of the 12th",
    "Волонтёров",
    "Образец",
    Language.RUSSIAN,
)
CONTACT = DemoPerson(
    "contact@example.org", "contact of an organisation", "Өкіл", "Үлгі", Language.KAZAKH
)
DEMO_PEOPLE = (ADMIN, ORGANISER, ORGANISER_11, REGISTRAR, HELPER, CONTACT, DELEGATE, NEWCOMER)
DEMO_EMAILS = frozenset(person.email for person in DEMO_PEOPLE)

"""What a contact tells of one person to be registered."""

from dataclasses import dataclass

from accounts.languages import Language
from accounts.models import User
from accounts.names import fold


@dataclass(frozen=True)
class DelegateRow:
    """One person; `number` is the row's in the form or in the file.

    `is_another`: the contact says that somebody of the same name is not meant.
    """

    number: int
    email: str
    family_name: str
    given_name: str
    patronymic: str
    latin_name: str
    phone: str
    language: str
    category: str
    job_title: str
    languages: tuple[str, ...]
    is_another: bool = False

    @property
    def full_name(self) -> str:
        """Surname first, as official lists have it."""
        return " ".join(filter(None, [self.family_name, self.given_name, self.patronymic]))

    @property
    def folded_name(self) -> str:
        """The name without its spelling's differences, to find doubles by."""
        return fold(self.full_name)

    def as_person(self) -> User:
        """Make the record of a person whom nobody knows yet, unsaved."""
        return User(
            email=self.email,
            family_name=self.family_name,
            given_name=self.given_name,
            patronymic=self.patronymic,
            latin_name=self.latin_name,
            phone=self.phone,
            language=Language(self.language),
        )

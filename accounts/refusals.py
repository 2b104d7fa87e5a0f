"""What every error says that a person may read: a sentence, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Refusal(ValueError):
    """What was asked cannot be done now; `str()` says why.

    A kind of refusal names its `sentence`; one that must speak of the case is raised with its own.
    """

    sentence: str | Promise = gettext_lazy("This cannot be done now. Please try again later.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.sentence)

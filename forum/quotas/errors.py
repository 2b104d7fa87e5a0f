"""Why a number of places is refused: each error's text is a sentence that an organiser may read."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.refusals import Refusal
from forum.quotas.cells import Cell

MOST_NAMES = 5


class QuotaError(Refusal):
    """The number cannot be set; nothing is written."""


class CellsRefused(QuotaError):
    """Some numbers cannot be set, and so none is; `sentences` says of each cell why."""

    def __init__(self, sentences: Mapping[Cell, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = dict(sentences)


class BelowTaken(CellsRefused):
    """More places are taken already than there would be."""


class ChangedMeanwhile(CellsRefused):
    """Somebody else wrote another number since this one's author looked."""


class NoNumberOfPlaces(QuotaError):
    """It is below nothing, or beyond all measure."""

    sentence = gettext_lazy(
        "Write the number of places in digits, from 0 to 1000000, or leave the field empty."
    )


class CapBelowHeld(QuotaError):
    """Some organisations hold more places than each would have."""

    def __init__(self, names: Sequence[str], *, cap: int, count: int) -> None:
        """Take the names of the first of them; `count` is how many there are."""
        shown = "; ".join(names[:MOST_NAMES])
        if (more := count - len(names[:MOST_NAMES])) > 0:
            rest = ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}
            shown = f"{shown}; {rest}"
        super().__init__(
            _(
                "These organisations hold more places than %(cap)s: %(names)s. Cancel "
                "registrations first, or give them more as an exception."
            )
            % {"cap": cap, "names": shown}
        )


class ReasonMissing(QuotaError):
    """An exception without a reason helps nobody who looks at it later."""

    sentence = gettext_lazy("Say why this organisation gets other places than the rest.")


class OrganisationGone(QuotaError):
    """It was deleted since it was looked up."""

    sentence = gettext_lazy("This organisation is no longer in the list. Find it again.")


class NoException(QuotaError):
    """Somebody ended it already."""

    sentence = gettext_lazy("This organisation has no exception any more.")


class RuleChanged(QuotaError):
    """Somebody else changed the rule since its author looked."""

    sentence = gettext_lazy(
        "Somebody else has changed this meanwhile; nothing is saved. Look at it and save again."
    )

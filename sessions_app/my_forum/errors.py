"""Why something of my forum cannot be had, in sentences that a person may read."""

from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal


class CalendarEnded(Refusal):
    """The address was ours, and its owner took another one, switched it off, or does not come."""

    sentence = gettext_lazy(
        "This calendar's address does not hold any more. Take the new one from “My forum”."
    )

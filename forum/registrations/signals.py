"""What others hear of registrations, inside the transaction, under the edition's lock.

Each is sent with `registration`, `by` (None: by itself) and `now`.
"""

from django.dispatch import Signal

place_given = Signal()
"""A place is theirs: confirmed, by turn, by an organiser, or by accepting an offer."""

place_lost = Signal()
"""A confirmed place ended: cancelled, replaced, or the approval taken back."""

needs_shown = Signal()
"""What single people need was shown outside the desk's own page.

Sent with `registrations` (a list), `by`, `is_export` and `now`, before it is shown.
"""

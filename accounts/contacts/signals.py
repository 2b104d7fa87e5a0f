"""What happened to a contact, said inside the transaction in which it happened.

Sent with `contact`, `by` (who did it) and `now`; the sender is Contact. A receiver writes letters
in the same transaction, or raises and so undoes what happened.
"""

from django.dispatch import Signal

contact_asked = Signal()
"""A person asks to speak for an organisation."""
contact_confirmed = Signal()
"""Staff or a colleague said yes."""
contact_ended = Signal()
"""It is over: declined, taken back or ended, as `contact.status` tells."""

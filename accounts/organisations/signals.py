"""What is said of a merge of duplicates, inside its transaction, so that features above follow.

Each is sent with `keep`, `gone`, `by` and `now`; the sender is Organisation.
"""

from django.dispatch import Signal

merge_begins = Signal()
"""Nothing is locked yet: take the locks that come before an organisation's row in your order."""

organisations_merging = Signal()
"""Both rows are held and nothing has moved: make room where a constraint would break."""

organisations_merged = Signal()
"""What pointed at `gone` points at `keep`."""

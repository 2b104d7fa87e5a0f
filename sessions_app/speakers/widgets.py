"""The choice of a speaker: of one edition, among hundreds."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect


class OfEdition(AutocompleteSelect):
    """Django's autocomplete, asking for the speakers of one edition."""

    def __init__(self, field: Any, admin_site: Any, *, edition: int) -> None:
        super().__init__(field, admin_site)
        self.edition = edition

    def get_url(self) -> str:
        return f"{super().get_url()}?edition={self.edition}"

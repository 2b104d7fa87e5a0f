"""The admin's fields that search while one types, when what is sent is no row's number."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect


class NumbersOnly(AutocompleteSelect):
    """Django's own, which asks the database for whatever was sent, and breaks on what is no number.

    The field refuses it with a sentence; here it is only not shown as chosen.
    """

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Offer what is chosen, if it can be."""
        return super().optgroups(name, [one for one in value if _may_be_chosen(str(one))], attr)


class SafeAutocomplete:
    """For an admin or an inline with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Search with NumbersOnly."""
        admin: Any = self
        if db_field.name in admin.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NumbersOnly(db_field, admin.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


def _may_be_chosen(sent: str) -> bool:
    return not sent or (sent.isascii() and sent.isdecimal())

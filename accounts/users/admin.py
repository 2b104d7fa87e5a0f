"""People in the admin. Only a superuser gives rights, or touches those who have them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.records import RecordAdmin
from accounts.users.actions import keep_address
from accounts.users.models import User

RIGHTS = ("is_staff", "is_superuser", "groups")


class PersonCreationForm(AdminUserCreationForm):
    """A new person; without a password they sign in by a code sent by e-mail."""

    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class PersonAdmin(RecordAdmin, UserAdmin):
    add_form = PersonCreationForm
    list_display = ("full_name", "email", "phone", "language", "is_staff", "date_joined")
    list_display_links = ("full_name",)
    list_filter = ("is_staff", "is_active", "language", "groups")
    search_fields = ("search_key",)
    search_help_text = _("Any part of the name or e-mail, in any spelling.")
    ordering = ("sort_key", "pk")
    filter_horizontal = ("groups",)
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": (("family_name", "given_name", "patronymic"), "latin_name")}),
        (_("How to reach them"), {"fields": (("email", "phone"), "language")}),
        (_("Signing in"), {"fields": ("password", "is_active", "last_login", "date_joined")}),
        (_("Rights"), {"fields": RIGHTS}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    ("family_name", "given_name", "patronymic"),
                    ("email", "language"),
                    ("usable_password",),
                    ("password1", "password2"),
                )
            },
        ),
    )

    @admin.display(description=_("name"), ordering="sort_key")
    def full_name(self, person: User) -> str:
        return person.full_name

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who could change a superuser's e-mail could sign in as one."""
        allowed = super().has_change_permission(request, obj)
        guarded = obj is not None and (obj.is_staff or obj.is_superuser) and obj != request.user
        return allowed and (not guarded or self._is_superuser(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_superuser(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = tuple(super().get_readonly_fields(request, obj))
        return own if self._is_superuser(request) else (*own, *RIGHTS)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        keep_address(obj)

    @staticmethod
    def _is_superuser(request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

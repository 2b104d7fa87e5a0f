"""People in the admin. Only a superuser gives rights, or touches those who have them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.confirmation import confirmed
from accounts.records import RecordAdmin
from accounts.users.actions import forget_second_factors, keep_address
from accounts.users.models import User
from accounts.users.rights import RightsField, grantable

RIGHTS = ("is_staff", "is_superuser", "groups")


class PersonCreationForm(AdminUserCreationForm):
    """A new person; without a password they sign in by a code sent by e-mail."""

    class Meta:
        model = User
        fields = ("email",)


admin.site.unregister(Group)


@admin.register(Group)
class RightsGroupAdmin(GroupAdmin):
    """A group of rights that people are put into."""

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "permissions":
            kwargs |= {"queryset": grantable(), "form_class": RightsField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


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
    actions = ("forget_second_factor",)
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

    def has_superuser_permission(self, request: HttpRequest) -> bool:
        """Who takes a second factor away lets a password be enough."""
        return self._is_superuser(request)

    @admin.action(
        description=_("Take the second factor away: its device is lost"), permissions=["superuser"]
    )
    def forget_second_factor(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> HttpResponse | None:
        """Ask first; then let these people sign in without it, and set up another."""
        answer = confirmed(self, request, queryset, action="forget_second_factor")
        if not answer.is_yes:
            return answer.page
        done = forget_second_factors(queryset)
        said = ngettext(
            "The second factor of %(count)s person is taken away.",
            "The second factors of %(count)s people are taken away.",
            done,
        )
        messages.success(request, said % {"count": done})
        return None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = tuple(super().get_readonly_fields(request, obj))
        return own if self._is_superuser(request) else (*own, *RIGHTS)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        keep_address(obj)

    @staticmethod
    def _is_superuser(request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

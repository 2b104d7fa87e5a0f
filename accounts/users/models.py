"""A person: the e-mail is the login; no second account by another spelling of its case."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.names import search_key, sort_key
from accounts.tracking import tracked


class UserManager(BaseUserManager["User"]):
    """Finds and makes people by e-mail, whatever the case in which it was typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a person; without a password they sign in by a code sent to `email`."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a person who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@tracked(exclude=["password", "last_login", "search_key", "sort_key"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person. Every part of the name but one may be empty: some people have a single name."""

    email = models.EmailField(_("e-mail"))
    family_name = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    latin_name = models.CharField(
        _("name in Latin letters"),
        max_length=200,
        blank=True,
        help_text=_("As it should stand on the badge; we never change what you type."),
    )
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language, default=Language.KAZAKH
    )
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    search_key = search_key("family_name", "given_name", "patronymic", "latin_name", "email")
    sort_key = sort_key("family_name", "given_name", "patronymic")

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("A person with this e-mail is registered already."),
            )
        ]
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="user_search"),
            models.Index(fields=["sort_key"], name="user_sort"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname first, as official lists have it; the e-mail while there is no name."""
        parts = [self.family_name, self.given_name, self.patronymic]
        return " ".join(filter(None, parts)) or self.latin_name or self.email

    @property
    def short_name(self) -> str:
        """The name to greet with."""
        return self.given_name or self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.short_name

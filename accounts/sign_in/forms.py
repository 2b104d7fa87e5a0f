"""Sign-up with a name, and sign-in by a code or, who has one, by a password."""

from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    SignupForm,
)
from allauth.account.internal.flows.manage_email import sync_user_email_address
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.privacy.actions import agree
from accounts.privacy.forms import ConsentField
from accounts.privacy.models import Consent, ConsentText, Purpose
from accounts.users.forms import NameForm
from accounts.users.models import User


class SignUpForm(NameForm, SignupForm):
    """E-mail, name, language, and the consent without which nothing may be stored."""

    field_order = ("email", "family_name", "given_name", "patronymic", "language", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("We send a code to it, and later your letters.")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["language"].initial = get_language() or Language.KAZAKH
        self.fields["consents"] = ConsentField(
            texts=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING)
        )

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseRedirect | None]:
        """Save; of two that sign up at once with one e-mail, the second is sent to sign in."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            messages.error(
                request, _("This e-mail is registered already. Sign in with it instead.")
            )
            return None, HttpResponseRedirect(reverse("account_login"))

    def custom_signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        """Write the consent down with the person, in one transaction."""
        agree(
            user,
            texts=self.cleaned_data["consents"],
            language=get_language() or Language.KAZAKH,
            method=Consent.Method.FORM,
            now=timezone.now(),
        )


class SignInForm(LoginForm):
    """An e-mail is enough: a code goes to it. The password is for those who have one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def _setup_password_field(self) -> None:
        password: forms.Field = self.fields["password"]
        password.required = False
        password.widget.is_required = False
        password.help_text = ""

    def clean(self) -> dict[str, Any]:
        """Check, and give people whom the staff entered the address record that allauth wants."""
        cleaned = super().clean()
        if self.user:
            sync_user_email_address(self.user)
        return cleaned


def _as_digits(field: forms.Field) -> None:
    """Let a phone show its digits, and offer the code from the letter."""
    field.widget.attrs |= {"inputmode": "numeric", "class": "code-input", "maxlength": "12"}
    field.widget.attrs.pop("placeholder", None)


class SignInCodeForm(ConfirmLoginCodeForm):
    """The code that signs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_digits(self.fields["code"])


class EmailCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that confirms an e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_digits(self.fields["code"])

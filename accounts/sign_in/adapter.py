"""How allauth does it here: whom it saves, in which language it writes, where it leads."""

import smtplib
from email.utils import formataddr, parseaddr
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.letters import inlined
from accounts.messages import Message
from accounts.users.models import User

RETRY_AFTER_SECONDS = 120


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_taken": _("This e-mail is registered already. Sign in with it instead."),
        "unknown_email": _("Nobody is registered with this e-mail. Check it, or sign up."),
        "email_password_mismatch": _("The e-mail or the password is wrong."),
        "incorrect_code": _("This is not the code that we sent. Check the newest letter."),
        "too_many_login_attempts": _(
            "That was wrong too often. Wait a few minutes, then ask for a new code."
        ),
        "rate_limited": _("That was too fast. Wait a little, then try again."),
    }

    def save_user(
        self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True
    ) -> Any:
        """Save who signs up, with the names and the language that the form asked for."""
        super().save_user(request, user, form, commit=False)
        form.fill(user)  # type: ignore[attr-defined]
        if commit:
            user.save()
        return user

    def get_from_email(self) -> str:
        """Name the sender in the reader's language; allauth asks while that one is active."""
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return formataddr((gettext("Civil Forum of Kazakhstan"), address))

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Message:
        """Render as allauth does, with our style, and a subject that is well folded."""
        made = super().render_mail(template_prefix, email, context, headers)
        told = {"Auto-Submitted": "auto-generated", "Content-Language": get_language() or ""}
        message = Message(
            made.subject, made.body, made.from_email, made.to, headers=told | (headers or {})
        )
        for content, kind in getattr(made, "alternatives", ()):
            message.attach_alternative(inlined(content), kind)
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to the person in their own language; when mail is down, say so with a 503."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = person.language if person else get_language()
        try:
            with override(language):
                super().send_mail(template_prefix, email, {**context, "person": person})
        except (OSError, smtplib.SMTPException) as error:
            request = allauth_context.request
            response = render(request, "account/mail_failed.html", status=503)
            response["Retry-After"] = str(RETRY_AFTER_SECONDS)
            raise ImmediateHttpResponse(response) from error

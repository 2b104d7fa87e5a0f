"""Why something about a delegation is refused: each error's text is a sentence to read."""

from django.utils.translation import gettext_lazy, ngettext

from forum.registrations.errors import RegistrationError


class NotYourDelegation(RegistrationError):
    """The contact ended while the page was open."""

    sentence = gettext_lazy("You are no longer a contact of this organisation.")


class NotEndorsed(RegistrationError):
    """A delegate who named the organisation, and of whom it has said nothing yet."""

    sentence = gettext_lazy(
        "Your organisation has not endorsed this delegate. Endorse the person first, or say that "
        "this is no delegate of yours: then the organisers decide."
    )


class EndorsedAlready(RegistrationError):
    """Who was endorsed, or registered by the organisation, cannot be denied."""

    sentence = gettext_lazy(
        "Your organisation has endorsed this delegate. Cancel the registration if the person does "
        "not come for you."
    )


class CannotBeRegistered(RegistrationError):
    """Registered already, signed out for good, or has withdrawn the consent: which, is not said."""

    sentence = gettext_lazy(
        "This person is registered already or cannot be registered. They can say more to you "
        "themselves."
    )


class RowsRefused(RegistrationError):
    """Some of those who were to be registered cannot be; `rows` says of each number why."""

    sentence = gettext_lazy(
        "Nobody is registered yet: some rows are wrong. Mend them, or leave them out."
    )

    def __init__(self, rows: dict[int, str]) -> None:
        super().__init__()
        self.rows = rows


class NobodyToRegister(RegistrationError):
    """Every row is empty or left out."""

    sentence = gettext_lazy("Fill in at least one delegate.")


class OutOfDate(RegistrationError):
    """What was shown is no longer what would happen."""

    sentence = gettext_lazy(
        "Something changed meanwhile, so nobody is registered yet. Look at the rows again."
    )


class PartlyRegistered(RegistrationError):
    """Of a long file the first parts are registered, and a later one was refused."""

    def __init__(self, done: int, why: RegistrationError) -> None:
        sentence = ngettext(
            "%(count)s delegate is registered. Then: %(why)s",
            "%(count)s delegates are registered. Then: %(why)s",
            done,
        )
        super().__init__(sentence % {"count": done, "why": why})


class InvitedAlready(RegistrationError):
    """The organisation has invited this e-mail, and the invitation is open."""

    sentence = gettext_lazy("This e-mail is invited already. You can send the letter again.")


class TooManyInvitations(RegistrationError):
    """So many invitations of one organisation are not open at once."""

    sentence = gettext_lazy(
        "Your organisation has very many open invitations. Withdraw some of them first."
    )


class SentToday(RegistrationError):
    """The letter goes at most once a day."""

    sentence = gettext_lazy("The letter was sent today already. It can be sent again tomorrow.")


class InvitationOver(RegistrationError):
    """Accepted or withdrawn, or nobody speaks for the organisation any more."""

    sentence = gettext_lazy(
        "This invitation no longer holds. Write to the one who invited you, or register yourself."
    )


class InvitationSettled(RegistrationError):
    """The contact looked at a list that was no longer so."""

    sentence = gettext_lazy("This invitation was accepted or withdrawn already.")


class AnotherPerson(RegistrationError):
    """The link was opened by somebody who is signed in with another e-mail."""

    sentence = gettext_lazy("This invitation is for another e-mail than the one you use here.")

"""What is done to a person's record besides saving it."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.users.models import User


@transaction.atomic
def keep_address(person: User) -> None:
    """Let sign-in know the e-mail that the record has; a new one is proved by the next code."""
    addresses = EmailAddress.objects.filter(user=person)
    addresses.exclude(email__iexact=person.email).delete()
    if not addresses.filter(email__iexact=person.email).exists():
        EmailAddress.objects.create(user=person, email=person.email, primary=True)


def forget_second_factors(people: Iterable[User]) -> int:
    """Delete what these people confirm their sign-in with; return how many people had any."""
    theirs = Authenticator.objects.filter(user__in=people)
    count = theirs.values("user").distinct().count()
    theirs.delete()
    return count

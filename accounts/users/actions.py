"""What is done to a person's record besides saving it."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from accounts.users.models import User


@transaction.atomic
def keep_address(person: User) -> None:
    """Let sign-in know the e-mail that the record has; a new one is proved by the next code."""
    addresses = EmailAddress.objects.filter(user=person)
    addresses.exclude(email__iexact=person.email).delete()
    if not addresses.filter(email__iexact=person.email).exists():
        EmailAddress.objects.create(user=person, email=person.email, primary=True)


def find_or_add(person: User) -> User:
    """Return who has the e-mail of `person`, as they are; else add `person`, unsaved so far.

    Who is added signs in by a code. Raises ValidationError for what no record may hold.
    """
    if known := User.objects.filter(email__iexact=person.email).first():
        return known
    person.set_unusable_password()
    person.full_clean()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        # They signed up themselves at this moment.
        return User.objects.get(email__iexact=person.email)
    return person


def forget_second_factors(people: Iterable[User]) -> int:
    """Delete what these people confirm their sign-in with; return how many people had any."""
    theirs = Authenticator.objects.filter(user__in=people)
    count = theirs.values("user").distinct().count()
    theirs.delete()
    return count

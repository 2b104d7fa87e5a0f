"""The edition and the people of the quotas' tests, and a desk to work at."""

import pytest
from django.test import Client

from accounts.models import User
from forum.editions.models import Organiser
from forum.models import Edition
from tests.forum.quotas.conftest import akmola, astana, bodies, come, edition, now, organiser

__all__ = ["akmola", "astana", "bodies", "come", "edition", "now", "organiser"]


@pytest.fixture
def desk(client: Client, edition: Edition, organiser: User) -> Client:
    """A browser in which the edition's organiser is signed in."""
    Organiser.objects.create(edition=edition, person=organiser)
    client.force_login(organiser)
    return client

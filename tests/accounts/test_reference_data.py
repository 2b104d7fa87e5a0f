"""What must be there before the first person registers."""

import pytest

from accounts.models import ConsentText, Purpose, Region
from accounts.organisations.regions import ensure_regions
from accounts.privacy.texts import ensure_texts

pytestmark = pytest.mark.django_db


def test_migrating_adds_the_20_regions():
    assert Region.objects.count() == 20


def test_migrating_adds_one_text_a_purpose():
    assert sorted(ConsentText.objects.values_list("purpose", flat=True)) == sorted(Purpose.values)


def test_a_renamed_region_keeps_its_name():
    Region.objects.filter(code="KZ-62").update(name_ru="Улытауская область")
    ensure_regions()
    assert Region.objects.get(code="KZ-62").name_ru == "Улытауская область"


def test_a_later_text_is_no_reason_to_add_the_first_again():
    ConsentText.objects.filter(purpose=Purpose.PROCESSING).update(version=2)
    ensure_texts()
    assert ConsentText.objects.filter(purpose=Purpose.PROCESSING).count() == 1

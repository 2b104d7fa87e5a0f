"""The 17 oblasts and 3 cities of Kazakhstan (ISO 3166-2:KZ), since 8 June 2022."""

from accounts.organisations.models import Region

REGIONS = (
    ("KZ-10", "Абай облысы", "область Абай", "Abai"),
    ("KZ-11", "Ақмола облысы", "Акмолинская область", "Akmola"),
    ("KZ-15", "Ақтөбе облысы", "Актюбинская область", "Aktobe"),
    ("KZ-19", "Алматы облысы", "Алматинская область", "Almaty Region"),
    ("KZ-23", "Атырау облысы", "Атырауская область", "Atyrau"),
    ("KZ-27", "Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan"),
    ("KZ-31", "Жамбыл облысы", "Жамбылская область", "Zhambyl"),
    ("KZ-33", "Жетісу облысы", "область Жетісу", "Zhetisu"),
    ("KZ-35", "Қарағанды облысы", "Карагандинская область", "Karaganda"),
    ("KZ-39", "Қостанай облысы", "Костанайская область", "Kostanay"),
    ("KZ-43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda"),
    ("KZ-47", "Маңғыстау облысы", "Мангистауская область", "Mangystau"),
    ("KZ-55", "Павлодар облысы", "Павлодарская область", "Pavlodar"),
    ("KZ-59", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan"),
    ("KZ-61", "Түркістан облысы", "Туркестанская область", "Turkistan"),
    ("KZ-62", "Ұлытау облысы", "область Ұлытау", "Ulytau"),
    ("KZ-63", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan"),
    ("KZ-71", "Астана қаласы", "город Астана", "Astana"),
    ("KZ-75", "Алматы қаласы", "город Алматы", "Almaty city"),
    ("KZ-79", "Шымкент қаласы", "город Шымкент", "Shymkent"),
)


def ensure_regions() -> None:
    """Add the regions that are missing; what staff have renamed stays as it is."""
    known = set(Region.objects.values_list("code", flat=True))
    Region.objects.bulk_create(
        Region(code=code, name_kk=kk, name_ru=ru, name_en=en, position=position)
        for position, (code, kk, ru, en) in enumerate(REGIONS, start=1)
        if code not in known
    )

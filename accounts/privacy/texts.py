"""The first version of what people are asked. Staff write later versions in the admin.

Every purpose is asked apart, because the law wants a separate answer to each (forum-facts §7).
"""

from accounts.privacy.models import ConsentText, Purpose

FIRST_TEXTS = {
    Purpose.PROCESSING: (
        "Ұйымдастырушылардың форумды өткізу үшін менің дербес деректерімді жинауына және өңдеуіне "
        "келісемін: аты-жөнім, электрондық поштам, телефоным, ұйымым, қызметім және тілдерім. "
        "Келісімімді кез келген уақытта қайтарып ала аламын.",
        "Я согласен (согласна) на сбор и обработку организаторами моих персональных данных для "
        "проведения форума: имени, электронной почты, телефона, организации, должности и языков. "
        "Я могу отозвать согласие в любое время.",
        "I agree that the organisers collect and process my personal data to hold the forum: "
        "name, e-mail, phone, organisation, position and languages. "
        "I can withdraw this consent at any time.",
    ),
    Purpose.NEEDS: (
        "Форумда маған не қажет екені туралы деректердің, денсаулығыма қатысты болса да, "
        "сақталуына келісемін. Оларды дайындайтындар ғана көреді; форумнан кейін екі аптадан соң "
        "олар жойылады. Келісімімді қайтарып алсам, олар бірден жойылады.",
        "Я согласен (согласна) на хранение сведений о том, что мне нужно на форуме, даже если они "
        "касаются здоровья. Их видят только те, кто это готовит; через две недели после форума "
        "они удаляются. Если я отзову согласие, они удаляются сразу.",
        "I agree that what I need at the forum is kept, even where it concerns my health. Only "
        "those who prepare it see it; two weeks after the forum it is erased. If I withdraw this "
        "consent, it is erased at once.",
    ),
    Purpose.CROSS_BORDER: (
        "Форумға қатысуым үшін қажет болса, дербес деректерімнің Қазақстаннан тыс жерге "
        "берілуіне келісемін.",
        "Я согласен (согласна) на трансграничную передачу моих персональных данных, если она "
        "нужна для моего участия в форуме.",
        "I agree that my personal data are passed across the border of Kazakhstan where my "
        "taking part in the forum needs it.",
    ),
    Purpose.PUBLICATION: (
        "Аты-жөнімнің және ұйымымның қатысушылар тізімінде жариялануына келісемін.",
        "Я согласен (согласна) на публикацию моего имени и организации в списке участников.",
        "I agree that my name and organisation are published in the list of participants.",
    ),
}


def ensure_texts() -> None:
    """Add the first text of every purpose that has none yet; texts in use stay as they are."""
    known = set(ConsentText.objects.values_list("purpose", flat=True))
    ConsentText.objects.bulk_create(
        ConsentText(purpose=purpose, version=1, text_kk=kk, text_ru=ru, text_en=en)
        for purpose, (kk, ru, en) in FIRST_TEXTS.items()
        if purpose not in known
    )

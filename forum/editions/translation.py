"""Which columns of this feature stand in kk, ru and en; history keeps them too."""

from modeltranslation.translator import TranslationOptions, register

from forum.editions import models


@register([models.Edition, models.Edition.pgh_event_model])
class EditionTranslation(TranslationOptions):
    fields = models.CONTENT_FIELDS + models.SIGNATURE_FIELDS

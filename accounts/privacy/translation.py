"""Which columns of this feature stand in kk, ru and en; history keeps them too."""

from modeltranslation.translator import TranslationOptions, register

from accounts.privacy import models


@register(models.ConsentText)
class ConsentTextTranslation(TranslationOptions):
    fields = ("text",)

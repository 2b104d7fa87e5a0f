"""Which columns of this feature stand in kk, ru and en; history keeps them too."""

from modeltranslation.translator import TranslationOptions, register

from accounts.organisations import models


@register(models.Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register([models.Organisation, models.Organisation.pgh_event_model])
class OrganisationTranslation(TranslationOptions):
    fields = ("name",)

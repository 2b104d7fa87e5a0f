"""Which columns of this feature stand in kk, ru and en; history keeps them too."""

from modeltranslation.translator import TranslationOptions, register

from sessions_app.speakers import models


@register([models.Speaker, models.Speaker.pgh_event_model])
class SpeakerTranslation(TranslationOptions):
    fields = ("family_name", "given_name", "position", "biography")

"""Which columns of this feature stand in kk, ru and en; history keeps them too."""

from modeltranslation.translator import TranslationOptions, register

from sessions_app.sessions import models


@register(models.Track)
class TrackTranslation(TranslationOptions):
    fields = ("name",)


@register([models.Session, models.Session.pgh_event_model])
class SessionTranslation(TranslationOptions):
    fields = ("title", "subtitle", "abstract", "description")


@register(models.Appearance)
class AppearanceTranslation(TranslationOptions):
    fields = ("behalf_of", "behalf_of_position")

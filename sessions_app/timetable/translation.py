"""Which columns of this feature stand in kk, ru and en; history keeps them too."""

from modeltranslation.translator import TranslationOptions, register

from sessions_app.timetable import models


@register([models.Room, models.Room.pgh_event_model])
class RoomTranslation(TranslationOptions):
    fields = ("name",)


@register(models.Release)
class ReleaseTranslation(TranslationOptions):
    fields = ("note",)


@register(models.Building)
class BuildingTranslation(TranslationOptions):
    fields = ("name",)

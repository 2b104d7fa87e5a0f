"""Rights as a group's form shows them: in the reader's language, and only those of use."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

VERBS = {
    "view": _("%(records)s: see"),
    "add": _("%(records)s: add"),
    "change": _("%(records)s: change"),
    "delete": _("%(records)s: delete"),
}


class RightsField(forms.ModelMultipleChoiceField):
    """Several rights; Django stores their names in English alone."""

    def label_from_instance(self, obj: Any) -> str:
        model = obj.content_type.model_class()
        verb, _between, what = obj.codename.partition("_")
        if model is None or verb not in VERBS or what != obj.content_type.model:
            return gettext(obj.name)
        return str(VERBS[verb]) % {"records": capfirst(model._meta.verbose_name_plural)}


def grantable() -> QuerySet[Permission]:
    """Return the rights over what the admin shows; others, as over history, open no page."""
    kept = ContentType.objects.get_for_models(*admin.site._registry).values()
    found = Permission.objects.filter(content_type__in=[one.pk for one in kept])
    return found.select_related("content_type").order_by("content_type", "codename")

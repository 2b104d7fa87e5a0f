"""What is written at the doors by hand: a device's name, and why a check-in is taken back."""

from django import forms
from django.utils.translation import gettext_lazy

from forum.arrivals.models import Device


class DeviceForm(forms.ModelForm):
    """Names a device by where it stands."""

    class Meta:
        model = Device
        fields = ("name",)
        error_messages = {"name": {"required": gettext_lazy("Say where the device stands.")}}


class UndoForm(forms.Form):
    """Says why a check-in is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why the check-in is taken back.")},
    )

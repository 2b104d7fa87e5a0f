"""What I agreed to, and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.privacy.actions import withdraw
from accounts.privacy.forms import WithdrawForm
from accounts.privacy.models import Consent
from accounts.users.access import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """List a person's consents; a POST takes back the one that it names."""
    person = signed_in(request)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        withdraw(person, purpose=form.cleaned_data["purpose"], now=timezone.now())
        messages.success(request, _("Your consent is withdrawn."))
        return redirect("consents")
    given = Consent.objects.filter(person=person).select_related("text")
    context = {"consents": given.order_by("-given_at", "pk"), "form": form}
    return render(request, "accounts/consents.html", context, status=422 if form.errors else 200)

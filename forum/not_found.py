"""The 404 page: says what is not there, and leads on within the forum that was meant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404

from forum.editions.models import Edition


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the sentence with which a view refused; a general one where no view was found."""
    refused = not isinstance(exception, Resolver404)
    match = request.resolver_match if refused else None
    slug = match.kwargs.get("edition") if match else None
    context = {
        "sentence": str(exception) if refused else "",
        "edition": Edition.objects.public().filter(slug=slug).first() if slug else None,
    }
    return render(request, "404.html", context, status=404)

"""Every address of the site (design.md §6)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from forum.robots import favicon, robots

urlpatterns: list[URLPattern | URLResolver] = [
    # Without a language: for staff, for machines and for other people's tools.
    path("admin/", admin.site.urls),
    path("", include("forum.health.urls")),
    path("robots.txt", robots),
    path("favicon.ico", favicon),
    path("", include("sessions_app.exchange.urls")),
    path("", include("sessions_app.invitations.file_urls")),
]
urlpatterns += i18n_patterns(
    # Below /kk/, /ru/ and /en/: pages for people; the most general patterns stand last.
    path("", include("forum.subscriptions.urls")),
    path("accounts/", include("accounts.urls")),
    path("", include("forum.registrations.urls")),
    path("", include("forum.delegations.urls")),
    path("", include("forum.tickets.urls")),
    path("", include("forum.arrivals.urls")),
    path("", include("forum.needs.urls")),
    path("", include("sessions_app.seats.urls")),
    path("", include("sessions_app.my_forum.urls")),
    path("", include("forum.badges.urls")),
    path("", include("forum.approval.urls")),
    path("", include("forum.allocation.urls")),
    path("", include("forum.documents.urls")),
    path("", include("sessions_app.releases.urls")),
    path("", include("sessions_app.invitations.urls")),
    path("", include("sessions_app.timetable.urls")),
    path("", include("sessions_app.board.urls")),
    path("", include("sessions_app.warnings.urls")),
    path("", include("sessions_app.exchange.workbook.urls")),
    path("", include("sessions_app.paper.urls")),
    path("", include("sessions_app.screens.urls")),
    path("", include("sessions_app.overview.urls")),
)

handler404 = "forum.not_found.page_not_found"
handler500 = "forum.outages.server_error"

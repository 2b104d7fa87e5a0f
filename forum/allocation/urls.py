"""Addresses of the desk's pages of places, below /<language>/."""

from django.urls import path

from forum.allocation import limits, views

urlpatterns = [
    path("<slug:edition>/desk/quotas/", views.quotas, name="desk_quotas"),
    path("<slug:edition>/desk/quotas/proposal/", views.proposal, name="desk_quota_proposal"),
    path("<slug:edition>/desk/quotas/history/", views.history, name="desk_quota_history"),
    path("<slug:edition>/desk/quotas/quotas.xlsx", views.workbook, name="quotas_xlsx"),
    path("<slug:edition>/desk/quotas/categories/", limits.categories, name="desk_quota_categories"),
    path(
        "<slug:edition>/desk/quotas/organisations/",
        limits.organisations,
        name="desk_quota_organisations",
    ),
    path("<slug:edition>/desk/quotas/organisations/cap/", limits.cap, name="desk_quota_cap"),
    path(
        "<slug:edition>/desk/quotas/organisations/exception/",
        limits.exception,
        name="desk_quota_exception",
    ),
    path(
        "<slug:edition>/desk/quotas/organisations/exception/end/",
        limits.end,
        name="desk_quota_exception_end",
    ),
]

"""Addresses of delegations, below /<language>/."""

from django.urls import path

from forum.delegations import invited, many, views

OURS = "<slug:edition>/delegation/<slug:code>/"
ONE = f"{OURS}delegates/<slug:registration>/"
INVITATION = f"{OURS}invitations/<slug:invitation>/"
LINK = "<slug:edition>/invited/<slug:code>/<slug:secret>/"

urlpatterns = [
    path("<slug:edition>/delegation/", views.delegations, name="delegations"),
    path(OURS, views.delegation, name="delegation"),
    path(f"{OURS}register/", many.rows, name="delegates_register"),
    path(f"{OURS}file/", many.sheet, name="delegates_file"),
    path(f"{OURS}file/confirm/", many.confirm, name="delegates_file_confirm"),
    path(f"{OURS}template.xlsx", many.template, name="delegates_template"),
    path(f"{OURS}invite/", invited.invite, name="delegates_invite"),
    path(f"{INVITATION}again/", invited.send_again, name="delegate_invite_again"),
    path(f"{INVITATION}withdraw/", invited.withdraw, name="delegate_invite_withdraw"),
    path(f"{ONE}endorse/", views.endorse, name="delegate_endorse"),
    path(f"{ONE}deny/", views.deny, name="delegate_deny"),
    path(f"{ONE}cancel/", views.cancel, name="delegate_cancel"),
    path(f"{ONE}replace/", views.replace, name="delegate_replace"),
    path(
        "<slug:edition>/invited/<slug:code>/<slug:secret>/",
        invited.invited,
        name="delegate_invited",
    ),
]

"""Addresses of documents, below /<language>/."""

from django.urls import path

from forum.documents import views

urlpatterns = [
    path("<slug:edition>/me/documents/", views.own, name="my_documents"),
    path("<slug:edition>/documents/<slug:code>.pdf", views.pdf, name="document_pdf"),
    path("<slug:edition>/verify/", views.verify_form, name="verify_form"),
    path("<slug:edition>/verify/<slug:code>/", views.verify, name="verify"),
    path("<slug:edition>/desk/documents/", views.desk, name="desk_documents"),
    path(
        "<slug:edition>/desk/documents/<slug:code>/withdraw/",
        views.withdraw,
        name="desk_document_withdraw",
    ),
]

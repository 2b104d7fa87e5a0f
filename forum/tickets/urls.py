"""Addresses of tickets, below /<language>/; the worker rules over the folder that it lies in."""

from django.urls import path

from forum.tickets import views

urlpatterns = [
    path("<slug:edition>/me/ticket/", views.ticket, name="ticket"),
    path("<slug:edition>/me/ticket.pdf", views.pdf, name="ticket_pdf"),
    path("<slug:edition>/me/worker.js", views.worker, name="my_worker"),
]

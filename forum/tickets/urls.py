"""Addresses of tickets, below /<language>/."""

from django.urls import path

from forum.tickets import views

urlpatterns = [
    path("<slug:edition>/me/ticket/", views.ticket, name="ticket"),
    path("<slug:edition>/me/ticket.pdf", views.pdf, name="ticket_pdf"),
]

"""Addresses of the desk's page on the programme in and out, below /<language>/."""

from django.urls import path

from sessions_app.exchange.workbook import views

urlpatterns = [
    path("<slug:edition>/desk/exchange/", views.exchange, name="exchange"),
    path("<slug:edition>/desk/exchange/confirm/", views.confirm, name="exchange_confirm"),
    path("<slug:edition>/desk/exchange/programme.xlsx", views.programme, name="programme_xlsx"),
    path("<slug:edition>/desk/exchange/template.xlsx", views.template, name="template_xlsx"),
]

"""Addresses of the exports, without a language: other people's tools keep them."""

from django.urls import path

from sessions_app.exchange import views

urlpatterns = [
    path("<slug:edition>/schedule.ics", views.schedule_ics, name="schedule_ics"),
    path("<slug:edition>/schedule.json", views.schedule_json, name="schedule_json"),
    path("<slug:edition>/schedule.xml", views.schedule_xml, name="schedule_xml"),
    path("<slug:edition>/sessions/<slug:code>.ics", views.session_ics, name="session_ics"),
    path("<slug:edition>/speakers/<slug:code>.ics", views.speaker_ics, name="speaker_ics"),
    path("<slug:edition>/rooms/<slug:code>.ics", views.room_ics, name="room_ics"),
    path("<slug:edition>/tracks/<slug:code>.ics", views.track_ics, name="track_ics"),
    path("<slug:edition>/me/<str:secret>.ics", views.my_ics, name="my_ics"),
]

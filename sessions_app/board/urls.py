"""Addresses of the board, below /<language>/."""

from django.urls import path

from sessions_app.board import views

urlpatterns = [
    path("<slug:edition>/desk/timetable/", views.board, name="board"),
    path("<slug:edition>/desk/timetable/state.json", views.state, name="board_state"),
    path("<slug:edition>/desk/timetable/findings.json", views.findings, name="board_findings"),
    path("<slug:edition>/desk/timetable/options.json", views.options, name="board_options"),
    path("<slug:edition>/desk/timetable/changes.json", views.changes, name="board_changes"),
    path("<slug:edition>/desk/timetable/moves/", views.moves, name="board_moves"),
    path("<slug:edition>/desk/timetable/undo/", views.undo, name="board_undo"),
    path("<slug:edition>/desk/timetable/redo/", views.redo, name="board_redo"),
    path("<slug:edition>/desk/timetable/place/", views.place, name="board_place"),
]

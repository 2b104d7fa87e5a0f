"""Proposes a timetable. Plain Python: dataclasses in and out, no Django, nothing else of ours."""

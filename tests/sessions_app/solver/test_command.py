"""The command reads a problem, writes a timetable, and says what it cannot read."""

import json
from typing import Any

import pytest

from sessions_app.solver.__main__ import main
from sessions_app.solver.evaluate import evaluate
from sessions_app.solver.planted import read_problem, read_timetable

PROBLEM: dict[str, Any] = {
    "units_a_day": 48,
    "min_gap": 1,
    "blocks": [[8, 16]],
    "weights": {"clash": 5, "overflow_unit": 5},
    "rooms": [{"id": "Hall", "capacity": 10, "features": [], "windows": []}],
    "speakers": [],
    "sessions": [
        {
            "id": name,
            "duration": 4,
            "kind": "breakout",
            "track": None,
            "speakers": [speaker],
            "audience": 12,
            "features": [],
            "pin_start": None,
            "pin_room": None,
        }
        for name, speaker in (("a", "Aigul"), ("b", "Bolat"))
    ],
    "wishes": [["b", "a"], ["a", "b"], ["a"]],
    "before": [["b", "a"]],
    "max_parallel": {},
}


@pytest.fixture
def problem(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(PROBLEM))
    return file


def test_wishes_become_counts_of_pairs(problem):
    assert read_problem(problem.read_text()).wishes == {("a", "b"): 2}


def test_it_writes_a_timetable_that_it_then_judges(problem, tmp_path, capsys):
    out = tmp_path / "solution.json"
    asked = [str(problem), "--iterations", "100", "--processes", "1", "--out", str(out)]
    assert main(asked) == 0
    assert json.loads(out.read_text()) == {"assignments": {"a": [12, "Hall"], "b": [8, "Hall"]}}
    assert evaluate(read_problem(problem.read_text()), read_timetable(out.read_text())).whole
    capsys.readouterr()
    assert main([str(problem), "--judge", str(out)]) == 0
    assert capsys.readouterr().err == "cost 2 (overflow 2)\n"


def test_a_broken_rule_ends_in_1_and_is_named(problem, tmp_path, capsys):
    out = tmp_path / "solution.json"
    out.write_text('{"assignments": {"a": [8, "Hall"]}}')
    assert main([str(problem), "--judge", str(out)]) == 1
    assert capsys.readouterr().err == "cost 1 (overflow 1)\nno place: b\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "The file is not a problem in JSON"),
        ("[]", "The file is not a problem in JSON"),
        ("{}", "The file lacks 'sessions'."),
        (json.dumps(PROBLEM | {"blocks": [[1]]}), "The file is not a problem in JSON"),
        (json.dumps(PROBLEM | {"before": [["a", "z"]]}), "A rule names the unknown session z."),
        (json.dumps(PROBLEM | {"before": [["a", "a"]]}), "Session a cannot come before itself."),
        (json.dumps(PROBLEM | {"rooms": PROBLEM["rooms"] * 2}), "The room Hall is there twice."),
        (json.dumps(PROBLEM | {"weights": {"joy": 1}}), "The file is not a problem in JSON"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, capsys, text, says):
    file = tmp_path / "bad.json"
    file.write_text(text)
    assert main([str(file), "--iterations", "1", "--processes", "1"]) == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert main([str(tmp_path / "none.json"), "--iterations", "1"]) == 2
    assert "none.json" in capsys.readouterr().err

"""`make run` says in one sentence why it does not start, and starts nothing then."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from forum.run import _is_older
from tests.conftest import ROOT


def run(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "forum.run"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(PORT=str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"Port {port} on 127.0.0.1 is not free (Address already in use). "
        f"Stop what listens there, or choose another: PORT={port + 1} make run\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", ""])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    done = run(PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"PORT is a number from 1 to 65535, not {port!r}.\n"


def test_files_are_collected_again_when_one_is_newer(tmp_path: Path) -> None:
    made, source = tmp_path / "made", tmp_path / "source"
    source.touch()
    assert _is_older(made, than=[source])
    made.touch()
    os.utime(source, (1, 1))
    assert not _is_older(made, than=[source, tmp_path / "absent"])
    os.utime(made, (0, 0))
    assert _is_older(made, than=[source])

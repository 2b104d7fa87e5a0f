"""The embedded servers work below a folder that is closed to others, such as root's home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forum import embedded

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands a server to nobody")
CAN_READ = "import os, sys; sys.exit(0 if os.access(sys.argv[1], os.R_OK) else 1)"


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """Make a file that only root can reach."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    file = folder / "program"
    file.write_text("")
    file.chmod(0o644)
    return file


def can_read(file: Path, prefix: list[str]) -> bool:
    done = subprocess.run([*prefix, sys.executable, "-c", CAN_READ, str(file)], check=False)
    return done.returncode == 0


def test_a_server_finds_its_programs_in_a_closed_folder(closed: Path) -> None:
    assert can_read(closed, embedded._unprivileged())


def test_without_the_bit_it_would_not(closed: Path) -> None:
    prefix = [part for part in embedded._unprivileged() if not part.startswith("--securebits")]
    assert not can_read(closed, prefix)


def test_it_does_not_run_as_root() -> None:
    command = [*embedded._unprivileged(), sys.executable, "-c", "import os; print(os.geteuid())"]
    assert int(subprocess.run(command, check=True, capture_output=True).stdout) != 0

"""Rooms know only the floors below them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_imports_keep_to_the_floors() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    finished = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout

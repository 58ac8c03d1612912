"""The locks pin every dependency by hash and name no package index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(name: str) -> dict[tuple[str, str], str]:
    """(package, marker) -> version."""
    found = re.findall(
        r"^([\w.-]+)==([^\s;]+)(?: ; (.*?))? \\$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
    )
    return {(package, marker): version for package, version, marker in found}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(re.findall(r"==[^\n]* \\\n    --hash=sha256:", text)) == len(pins(name)) > 0
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_both_locks_agree() -> None:
    """One version of a package for one Python; a marker may be wider where development needs the package for more."""
    development = pins("requirements-dev.lock")
    versions = {(package, version) for (package, _), version in development.items()}
    assert {(package, version) for (package, _), version in pins("requirements.lock").items()} <= versions


def test_every_declared_dependency_is_pinned() -> None:
    declared = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL | re.MULTILINE)
    assert declared
    names = {name.lower() for name in re.findall(r'"([A-Za-z0-9_-]+)', declared[1])}
    assert names <= {package.lower() for package, _ in pins("requirements.lock")}

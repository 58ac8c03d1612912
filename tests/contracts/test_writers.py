"""What every writer promises."""

from pathlib import Path
from types import ModuleType

import pytest

from pipeline import registry, writers
from pipeline.tables import all_tables

MEMBERS = registry.members(writers)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
def test_a_run_without_documents_still_has_its_files(member: ModuleType, tmp_path: Path) -> None:
    writer = member.open_writer(tmp_path, all_tables())
    for table in all_tables():
        writer.rows(table, [])
    writer.close()


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
def test_writing_twice_gives_the_same_bytes(member: ModuleType, tmp_path: Path) -> None:
    contents = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        writer = member.open_writer(folder, all_tables())
        writer.close()
        contents.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert contents[0] == contents[1]

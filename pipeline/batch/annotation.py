"""Mentions and relations of raw texts, JSON lines in and out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.batch.work import settling
from pipeline.datamodel import Mention, Relation
from pipeline.errors import UsageError
from pipeline.files import drafting, make_folder
from pipeline.settings import Settings

_SURROGATE = re.compile("[\ud800-\udfff]")


def annotate_file(texts: Path, output: Path, settings: Settings) -> int:
    """Annotate each line of ``texts`` into ``output``; the number of lines.

    Raises:
        UsageError: a file cannot be read or written, or a line is not what it should be; the message names it.
    """
    try:
        lines = texts.open("rb")
    except OSError as error:
        raise UsageError(f"cannot read {texts}: {(error.strerror or str(error)).lower()}") from error
    if output.is_dir():
        raise UsageError(f"cannot write {output}: it is a folder")
    make_folder(output.parent)
    with lines, drafting(output) as draft:
        with settling():
            from pipeline.process import Corridor

            corridor = Corridor.build(settings)
        count = 0
        for given in _parsed(texts, lines):
            # The stages work on valid text; a lone surrogate is one code point, and so is what stands in for it.
            mentions, relations = corridor.annotate(_SURROGATE.sub("\ufffd", given["text"]))
            draft.write(_line(given["id"], given["text"], mentions, relations))
            count += 1
    return count


def _parsed(path: Path, lines: Any) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            given = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            raise UsageError(f"{where}: not UTF-8 (byte {error.start + 1})") from error
        except ValueError as error:
            raise UsageError(f"{where}: not JSON: {error}") from error
        if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("text"), str):
            raise UsageError(f'{where}: not an object with "id" and a "text" that is a string')
        yield given


def _line(name: Any, text: str, mentions: tuple[Mention, ...], relations: tuple[Relation, ...]) -> bytes:
    marked = {
        "id": name,
        "text": text,
        "spans": [{"start": m.start, "end": m.end, "label": m.label} for m in mentions],
        "relations": [
            {"head": [r.head.start, r.head.end], "tail": [r.tail.start, r.tail.end], "label": r.label}
            for r in relations
        ],
    }
    try:
        return json.dumps(marked, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(marked).encode() + b"\n"

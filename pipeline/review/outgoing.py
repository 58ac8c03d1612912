"""What is taken away from the desk: the curated tables, the ledger, gold and annotations; and what to look at again."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.export.annotations import annotations_of
from pipeline.export.brat import configuration, to_brat
from pipeline.export.curated import apply, curate
from pipeline.export.gold import write_gold
from pipeline.export.webannotation import to_web_annotations
from pipeline.ledger import Curated
from pipeline.ledger.lines import to_lines
from pipeline.review.desk import Desk, desk_of
from pipeline.review.filters import Filter


def page(request: Request) -> Response:
    """What can be taken away."""
    desk = desk_of(request)
    return desk.page(request, "export.html", {"forms": list(_FORMS), "asked": Filter.read(request.query_params)})


def download(request: Request) -> Response:
    """One of these, as a file: a zip, or the ledger's lines."""
    form = request.path_params["form"]
    make = _FORMS.get(form)
    if make is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    name, content = make(desk_of(request))
    kind = "application/zip" if name.endswith(".zip") else "application/x-ndjson"
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def reconsider(request: Request) -> Response:
    """Decisions that no longer fit, or that hold though the machine reads otherwise now."""
    desk = desk_of(request)
    book, _ = desk.books(desk.reading_of(request))
    found = [(sheet.report, one) for sheet in book.sheets.values() for one in sheet.unfit]
    told = {
        "found": found,
        "rows": book.rows,
        "stray": book.stray(),
        "asked": Filter.read(request.query_params),
    }
    return desk.page(request, "reconsider.html", told)


def _tables(desk: Desk, folder: Path) -> None:
    apply(desk.run.tables, desk.ledger.decisions(), folder)


def _gold(desk: Desk, folder: Path) -> None:
    run = desk.run.tables
    write_gold(run, curate(run, desk.ledger.decisions()).rows, folder)


def _brat(desk: Desk, folder: Path) -> None:
    (folder / "annotation.conf").write_text(configuration(), encoding="utf-8")
    for doc_id, text, curated in _texts(desk):
        marks = annotations_of(row for row in curated.rows if row.cells["doc_id"] == doc_id)
        (folder / f"{doc_id}.txt").write_bytes(text.encode())
        (folder / f"{doc_id}.ann").write_bytes(to_brat(text, marks).encode())


def _web_annotations(desk: Desk, folder: Path) -> None:
    for doc_id, text, curated in _texts(desk):
        marks = annotations_of(row for row in curated.rows if row.cells["doc_id"] == doc_id)
        (folder / f"{doc_id}.json").write_bytes(to_web_annotations(doc_id, text, marks).encode())


def _texts(desk: Desk) -> list[tuple[str, str, Curated]]:
    run = desk.run.tables
    curated = curate(run, desk.ledger.decisions())
    return [(doc_id, run.text(doc_id), curated) for doc_id, told in run.documents.items() if told["status"] == "ok"]


def _zipped(name: str, write: Callable[[Desk, Path], None]) -> Callable[[Desk], tuple[str, bytes]]:
    def made(desk: Desk) -> tuple[str, bytes]:
        packed = io.BytesIO()
        with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            folder = Path(scratch) / name
            folder.mkdir()
            write(desk, folder)
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(scratch))
        return f"{name}.zip", packed.getvalue()

    return made


def _ledger(desk: Desk) -> tuple[str, bytes]:
    return "decisions.jsonl", "".join(to_lines(desk.ledger.decisions())).encode()


_FORMS: Mapping[str, Callable[[Desk], tuple[str, bytes]]] = {
    "tables": _zipped("curated", _tables),
    "ledger": _ledger,
    "gold": _zipped("gold", _gold),
    "brat": _zipped("brat", _brat),
    "webannotation": _zipped("webannotation", _web_annotations),
}

"""What is taken away from the desk: the curated tables, the ledger, gold and annotations; and what to look at again."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.export.brat import write_brat
from pipeline.export.curated import apply, curate
from pipeline.export.gold import write_gold
from pipeline.export.run_tables import RunTables
from pipeline.export.webannotation import write_web_annotations
from pipeline.ledger import CuratedRow
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


def _rows(write: Callable[[RunTables, Sequence[CuratedRow], Path], object]) -> Callable[[Desk, Path], None]:
    def written(desk: Desk, folder: Path) -> None:
        run = desk.run.tables
        write(run, curate(run, desk.ledger.decisions()).rows, folder)

    return written


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
    "gold": _zipped("gold", _rows(write_gold)),
    "brat": _zipped("brat", _rows(write_brat)),
    "webannotation": _zipped("webannotation", _rows(write_web_annotations)),
}

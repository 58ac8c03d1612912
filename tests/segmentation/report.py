"""Small documents for the tests: blocks written one a line, put together as an extractor would."""

from pipeline.datamodel import Block, Cell, Citation, Document, Metadata, Source, Table
from pipeline.datamodel.vocabulary import SectionKind


class Report:
    """A document in the making."""

    def __init__(self, title: str = "", article_type: str = "") -> None:
        self.text = ""
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.citations: list[Citation] = []
        self.metadata = Metadata(title=title, article_type=article_type)
        if title:
            self.add("title", title)

    def add(self, kind: str, text: str, level: int = 0, section: SectionKind | None = None) -> "Report":
        start = len(self.text)
        self.text += text + "\n\n"
        self.blocks.append(Block(start=start, end=start + len(text), kind=kind, level=level, section=section))
        return self

    def heading(self, text: str, level: int = 1, section: SectionKind | None = None) -> "Report":
        return self.add("heading", text, level, section)

    def paragraph(self, text: str, section: SectionKind | None = None) -> "Report":
        return self.add("paragraph", text, 0, section)

    def table(self, rows: list[list[str]], caption: str = "") -> "Report":
        """The first row is the header, the first column the row labels."""
        start, cells = len(self.text), []
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                at = len(self.text)
                header = () if number == 0 else (rows[0][column],)
                label = row[0] if column else ""
                cells.append(
                    Cell(
                        start=at,
                        end=at + len(text),
                        row=number,
                        column=column,
                        header=header,
                        label=label,
                        is_header=number == 0,
                    )
                )
                self.text += text + "\t"
            self.text += "\n"
        self.blocks.append(Block(start=start, end=cells[-1].end, kind="table"))
        self.tables.append(Table(start=start, end=cells[-1].end, cells=tuple(cells), caption=caption))
        self.text += "\n"
        return self

    def cite(self, after: str) -> "Report":
        """A reference mark that was taken out of the text behind the words ``after``."""
        offset = self.text.index(after) + len(after)
        self.citations.append(Citation(offset=offset, end=offset, text="1"))
        return self

    def document(self) -> Document:
        return Document(
            source=Source(doc_id="report", path="report.txt"),
            text=self.text,
            metadata=self.metadata,
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            citations=tuple(sorted(self.citations, key=lambda mark: mark.offset)),
        )

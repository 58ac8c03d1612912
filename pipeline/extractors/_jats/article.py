"""One article written into a manuscript: front, body, floats, back, in reading order."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel.document import BlockKind
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.extractors._jats.front import article_meta, language_of, title_of
from pipeline.extractors._jats.inline import InlineWriter
from pipeline.extractors._jats.parsing import Element, child, children, descendants, local_name, plain_text
from pipeline.extractors._jats.references import reference_text
from pipeline.extractors._jats.tables import read_table
from pipeline.extractors._manuscript import Manuscript
from pipeline.toml import read_toml

_TRANSPARENT = frozenset(
    {"disp-quote", "boxed-text", "verse-group", "statement", "speech", "alternatives", "fig-group"}
)
_TRANSPARENT |= {
    "table-wrap-group",
    "app-group",
    "app",
    "ack",
    "notes",
    "sec",
    "def-list",
    "glossary",
    "list",
    "fn-group",
}
_TRANSPARENT |= {
    "array",
    "supplementary-material",
    "media",
    "bio",
    "floats-group",
    "caption",
    "def-item",
    "list-item",
    "def",
}
_OPEN = (None, "other")  # what a section around may say, so that the one within has a kind of its own
_OWN = ("case", "other")
_NO_TEXT = frozenset({"graphic", "label", "title", "sec-meta", "object-id", "alt-text", "long-desc", "permissions"})


@lru_cache(maxsize=1)
def _sections() -> dict[str, Any]:
    return read_toml(Path(__file__).with_name("sections.toml"))


def section_kind(sec_type: str, inherited: SectionKind | None) -> SectionKind | None:
    """What ``sec-type`` says, or what the section around says: its parts are no other, unless they are a case's."""
    kinds = _sections()["kinds"]
    for part in sec_type.split("|"):
        kind = kinds.get(part) or kinds.get(part.strip().lower())
        if kind and (inherited in _OPEN or (inherited != "abstract" and kind in _OWN)):
            return cast(SectionKind, kind)
    return inherited


class ArticleWriter:
    """Writes articles, one after the other, into one manuscript."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript

    def write(self, article: Element) -> None:
        """Title, abstracts, body, floats, back matter, references; then the article's sub-articles."""
        self.manuscript.add(title_of(article), "title", "title")
        self._front(article)
        for part in children(article, "body"):
            self._flow(part, None, 0)
        for part in children(article, "floats-group", "floats-wrap"):
            self._flow(part, None, 0)
        for part in children(article, "back"):
            self._flow(part, "other", 0)
        for part in children(article, "sub-article", "response"):
            if part.get("article-type") in _sections()["left_out"]["sub_articles"]:
                self.manuscript.put_aside("other", plain_text(part))
            else:
                self.write(part)

    def _front(self, article: Element) -> None:
        meta = article_meta(article)
        for part in meta if meta is not None else ():
            name = local_name(part)
            if name in ("abstract", "trans-abstract") and self._is_read(article, part):
                self._flow(part, "abstract", 0)
            elif name in ("abstract", "trans-abstract", "contrib-group", "aff", "author-notes", "kwd-group"):
                self.manuscript.put_aside("other", plain_text(part))
            elif name != "title-group":
                self.manuscript.put_aside("front_matter", plain_text(part))
        for part in children(article, "front"):
            for journal in children(part, "journal-meta"):
                self.manuscript.put_aside("front_matter", plain_text(journal))

    @staticmethod
    def _is_read(article: Element, abstract: Element) -> bool:
        if abstract.get("abstract-type") in _sections()["left_out"]["abstracts"]:
            return False
        # An English translation is what the rules can read; of an English article it is in a foreign language.
        return local_name(abstract) == "abstract" or (language_of(abstract) == "en" and language_of(article) != "en")

    def _flow(self, element: Element, section: SectionKind | None, level: int) -> None:
        """Write what stands in ``element``, block after block."""
        title = child(element, "title")
        if title is not None:
            label = child(element, "label") if local_name(element) == "sec" else None
            level += 1
            self._running((label, title), "heading", section, level)
        for part in element:
            self._part(part, section, level)

    def _part(self, part: Element, section: SectionKind | None, level: int) -> None:
        name = local_name(part)
        if name in ("sec", "app"):
            self._flow(part, section_kind(part.get("sec-type", ""), section), level)
        elif name == "ref-list":
            self._references(part, level)
        elif name in ("fig", "supplementary-material", "media"):
            self._caption(part)
        elif name == "table-wrap":
            self._table(part)
        elif name in ("p", "disp-formula", "attrib", "term"):
            self._running((part,), "paragraph", section)
        elif name == "fn":
            self._footnote(part, section)
        elif name in ("list-item", "def-item", "def"):
            self._item(part, section)
        elif name in _TRANSPARENT:
            self._flow(part, section, level)

    def _running(
        self, elements: Iterable[Element | None], kind: BlockKind, section: SectionKind | None, level: int = 0
    ) -> None:
        """Write running text; what floats in it follows it, and text after a list begins a new block."""
        writer = InlineWriter()
        for element in elements:
            if element is not None:
                writer.write(" ")
                writer.element(element)
        self._finish(writer, kind, section, level)

    def _finish(self, writer: InlineWriter, kind: BlockKind, section: SectionKind | None, level: int = 0) -> None:
        self.manuscript.add(writer.passage(), kind, section, level)
        for sign in writer.put_aside:
            self.manuscript.put_aside("reference_mark", sign)
        for inner in writer.floats:
            self._part(inner, section, level)

    def _item(self, item: Element, section: SectionKind | None) -> None:
        writer = InlineWriter()
        rest = []
        for part in item:
            if local_name(part) in ("label", "p", "term", "def", "title"):
                writer.write(" ")
                for run in children(part, "p") or [part]:
                    writer.write(" ")
                    writer.element(run)
            else:
                rest.append(part)
        self._finish(writer, "list", section)
        for part in rest:
            self._part(part, section, 0)

    def _footnote(self, note: Element, section: SectionKind | None) -> None:
        writer = InlineWriter()
        for part in note:
            if local_name(part) in ("label", "p"):
                writer.write(" ")
                writer.element(part)
        self._finish(writer, "footnote", section)

    def _caption(self, float_: Element) -> str:
        writer = InlineWriter()
        for part in float_:
            if local_name(part) == "label":
                writer.element(part)
                writer.write(". " if not writer.passage().text.endswith((".", ":")) else " ")
            elif local_name(part) == "caption":
                for run in part:
                    writer.write(" ")
                    writer.element(run)
        if child(float_, "caption") is None and child(float_, "label") is None:
            return ""
        self._finish(writer, "caption", "caption")
        return writer.passage().text

    def _table(self, wrap: Element) -> None:
        caption = self._caption(wrap)
        for table in descendants(wrap, "table", "tgroup"):
            if any(local_name(parent) in ("table", "td", "th") for parent in table.iterancestors()):
                continue
            rows, signs = read_table(table)
            self.manuscript.add_table(rows, caption)
            for sign in signs:
                self.manuscript.put_aside("reference_mark", sign)
        for foot in children(wrap, "table-wrap-foot"):
            for part in foot:
                if local_name(part) == "fn-group":
                    for note in children(part, "fn"):
                        self._footnote(note, "table")
                elif local_name(part) == "fn":
                    self._footnote(part, "table")
                else:
                    self._running((part,), "footnote", "table")

    def _references(self, listing: Element, level: int) -> None:
        title = child(listing, "title")
        if title is not None:
            self._running((title,), "heading", "other", level + 1)
        for part in listing:
            if local_name(part) == "ref":
                shown = reference_text(part)
                self.manuscript.add(shown, "reference", "other", separator="\n")
                rest = [word for word in plain_text(part).split() if word.strip(".,;") not in shown]
                self.manuscript.put_aside("references", " ".join(rest))
            elif local_name(part) == "ref-list":
                self._references(part, level + 1)

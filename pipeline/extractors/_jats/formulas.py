"""Formulas as one line of text: ``10⁹``, ``a/b``, ``x₀`` as ``x0``."""

import re

from pipeline.extractors._jats.parsing import Element, descendants, local_name, plain_text, raw_text
from pipeline.extractors._repair import superscripts

_CAN_RAISE = re.compile(r"[0-9+\-−n]+\Z")
_TEX_BODY = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_TEX_POWER = re.compile(r"\^\{?([0-9+\-]+)\}?")
_TEX_COMMAND = re.compile(r"\\(?:left|right|mathrm|text|rm|mathbf|mathit|hbox|mbox|quad|,|;|!)\b|[{}$]|\\[,;! ]")
_TEX_SIGNS = {r"\times": "×", r"\pm": "±", r"\le": "≤", r"\ge": "≥", r"\mu": "µ", r"\%": "%", r"\cdot": "·"}


def formula_text(formula: Element) -> str:
    """The formula's text; of alternatives, MathML before TeX."""
    for math in descendants(formula, "math"):
        return _math(math)
    for tex in descendants(formula, "tex-math"):
        return _tex(raw_text(tex))
    return plain_text(formula)


def _math(node: Element) -> str:
    name = local_name(node)
    parts = [
        _math(part) for part in node if local_name(part) and local_name(part) not in ("annotation", "annotation-xml")
    ]
    if name == "msup" and len(parts) == 2:
        return f"{parts[0]}{_raise(parts[1])}"
    if name == "mfrac" and len(parts) == 2:
        return f"{parts[0]}/{parts[1]}"
    if name == "mspace":
        return " "
    own = (node.text or "").strip() if not parts else ""
    return own + "".join(parts)


def _raise(text: str) -> str:
    return superscripts.raised(text) if _CAN_RAISE.match(text) else f"^{text}"


def _tex(source: str) -> str:
    body = _TEX_BODY.search(source)
    text = body.group(1) if body else source
    text = _TEX_POWER.sub(lambda power: _raise(power.group(1)), text)
    for sign, character in _TEX_SIGNS.items():
        text = re.sub(re.escape(sign) + r"(?![a-zA-Z])", character, text)
    return " ".join(_TEX_COMMAND.sub("", text).split())

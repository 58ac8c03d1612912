"""``drugs``: generic names, brands, codes and abbreviations -> INN and UNII, salts folded to the base drug."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.lexicon import tables
from pipeline.lexicon.compile.sources import Sources, own, rules, spellings
from pipeline.lexicon.compile.sources import refused as refused_names
from pipeline.lexicon.folding import fold

HEADER = {
    "label": "DRUG",
    "system": "UNII; RxNorm",
    "source": "FDA/NCATS UNII names 2025-06; RxNorm Current Prescribable Content 2025-10; the project's own list",
    "version": "1",
    "licence": "US public domain; RxNorm courtesy of the U.S. National Library of Medicine; own list CC0-1.0",
}
COLUMNS = ("name", "preferred", "code", "kind", "match", "parts")
_NAMES = ("generic", "synonym")


@dataclass(slots=True)
class Drugs:
    """The growing lexicon: folded name -> name, preferred name, match rule."""

    bases: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def base(self, name: str) -> str:
        """The preferred name of the base drug: salts off, then the clinician's name for it."""
        name = re.sub(rules()["drugs"]["cut"], "", name.lower().strip())
        known = self.bases.get(fold(name))
        if known:
            return known
        words = name.split()
        rule = rules()["drugs"]
        while len(words) > 1 and words[-1] in rule["salts"] and words[0] not in rule["keep_salt_of"]:
            words = words[:-1]
            known = self.bases.get(fold(" ".join(words)))
            if known:
                return known
        shorter = " ".join(words)
        return shorter if fold(shorter) in self.codes else name

    def add(self, name: str, preferred: str, match: str) -> None:
        """The first meaning of a name counts."""
        self.names.setdefault(fold(name), (name, preferred, match))


def write(sources: Sources, out: Path) -> list[str]:
    """Write ``drugs.tsv.gz``; the lines tell what was kept and left out."""
    records = sources.records("drug_lexicon.tsv.gz")
    drugs = Drugs()
    _codes(drugs, records)
    refused = refused_names("DRUG")
    for record in own("drugs.tsv"):
        for name, match in spellings(record):
            drugs.add(name, record["preferred"], match)
            if match == "any":
                drugs.bases[fold(name)] = record["preferred"]
        drugs.parts[record["preferred"]] = record["parts"]
        _own_code(drugs, record)
    left: Counter[str] = Counter()
    for record in records:
        reason = _refusal(record) or ("refused by hand" if fold(record["name"]) in refused else "")
        preferred = "" if reason else _preferred(drugs, record["preferred"])
        if reason or not preferred:
            left[reason or "several drugs under one name"] += 1
            continue
        drugs.add(_readable(record), preferred, _match(record))
    rows: list[tuple[str, ...]] = []
    for name, preferred, match in sorted(drugs.names.values()):
        code = drugs.codes.get(fold(preferred), "")
        rows.append((name, preferred, code, "", match if match != "any" else "", drugs.parts.get(preferred, "")))
    tables.write(out / "drugs.tsv.gz", HEADER, COLUMNS, rows)
    told = ", ".join(f"{reason} {n}" for reason, n in left.most_common())
    return [f"drugs: {len(rows)} names of {len({row[1] for row in rows})} drugs; left out: {told}"]


def _codes(drugs: Drugs, records: list[dict[str, str]]) -> None:
    """Codes of the names that are preferred ones, then of all other generic names."""
    for wanted in (True, False):
        for record in records:
            if wanted == (record["name"].lower() == record["preferred"].lower()) and record["kind"] in _NAMES:
                code = f"UNII:{record['unii']}" if record["unii"] else ""
                code = code or (f"RxNorm:{record['rxcui']}" if record["rxcui"] else "")
                drugs.codes.setdefault(fold(record["name"]), code)


def _own_code(drugs: Drugs, record: dict[str, str]) -> None:
    key = fold(record["preferred"])
    if drugs.codes.get(key) or record["parts"]:
        return
    for name, match in spellings(record):
        code = drugs.codes.get(fold(name), "")
        if code and match == "any":
            drugs.codes[key] = code
            return


def _refusal(record: dict[str, str]) -> str:
    rule = rules()["drugs"]
    name, kind = record["name"], record["kind"]
    words = set(f"{name} {record['preferred']}".lower().replace(",", " ").split())
    if kind not in rule["kinds"]:
        return "kind"
    if words & set(rule["drop_words"]):
        return "food, plant, cosmetic"
    if len(fold(name).replace(" ", "")) < rule["shortest"]:
        return "too short"
    if not re.search(r"[a-zA-Z]{2}", name) or len(name) > 60:
        return "no word"
    if kind == "code" and (not re.match(rule["code"], name.upper()) or re.match(rule["code_drop"], name.upper())):
        return "register number"
    if record["name"].upper() == record["unii"]:
        return "register number"
    return ""


def _preferred(drugs: Drugs, name: str) -> str:
    """One drug, or a combination whose parts are joined by ``/``; empty where the source names several."""
    choices = {" / ".join(drugs.base(part) for part in choice.split(" / ")) for choice in name.split(" + ")}
    if len(choices) > 1:
        shortest = min(choices, key=lambda c: (len(c), c))
        if not all(choice.startswith(shortest) for choice in choices) or "/" in "".join(choices):
            return ""
        choices = {shortest}
    preferred = choices.pop()
    if " / " in preferred:
        parts = list(dict.fromkeys(preferred.split(" / ")))
        preferred = "/".join(parts)
        known = drugs.bases.get(fold(preferred))
        if known:
            return known
        if len(parts) > 1:
            drugs.parts[preferred] = ";".join(parts)
    return preferred


def _readable(record: dict[str, str]) -> str:
    name = record["name"]
    return name if record["kind"] == "code" else name.lower()


def _match(record: dict[str, str]) -> str:
    name = record["name"]
    if record["ambiguous_en"] == "1":
        return "dose"
    if record["kind"] in ("brand", "synonym") and len(name) <= 4:
        return "caps"
    return "caps" if record["kind"] == "code" else "any"

"""``conditions``: diseases, signs, symptoms and adverse events -> preferred name, DOID, CTCAE v5 term and SOC."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.lexicon import tables
from pipeline.lexicon.compile.sources import Sources, match_rule, own, rules, spellings
from pipeline.lexicon.compile.sources import refused as refused_names
from pipeline.lexicon.folding import fold

HEADER = {
    "label": "CONDITION",
    "system": "DOID",
    "source": "Human Disease Ontology 2026-07; MeSH 2025, NLM; CTCAE 5.0, NCI; the project's own list",
    "version": "1",
    "licence": "CC0-1.0; MeSH courtesy of the U.S. National Library of Medicine; CTCAE US Government work",
}
COLUMNS = ("name", "preferred", "code", "match", "ctcae", "soc")
_UNREADABLE = re.compile(r"[^\w\s'’\-/().]|^\W|\bnos\b|\bunspecified\b")


@dataclass(slots=True)
class Conditions:
    """The growing lexicon; keys are folded names."""

    preferred: dict[str, str] = field(default_factory=dict)
    spelling: dict[str, tuple[str, str]] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    ctcae: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, preferred: str, match: str) -> None:
        """The first meaning of a name counts."""
        key = fold(name)
        if key and key not in self.preferred:
            self.preferred[key] = preferred
            self.spelling[key] = (name, match)


def write(sources: Sources, out: Path) -> list[str]:
    """Write ``conditions.tsv.gz``; the lines tell what was kept and left out."""
    left: Counter[str] = Counter()
    socs = {fold(r["term"]): (r["term"].lower(), r["soc"]) for r in sources.records("ctcae_v5.tsv")}
    found = Conditions()
    for record in own("conditions.tsv"):
        for name, match in spellings(record):
            found.add(name, record["preferred"], match)
        term = record["ctcae"].strip("-")
        if term and fold(term) not in socs:
            raise ValueError(f"conditions.tsv: {term!r} is no term of CTCAE v5")
        if record["ctcae"]:
            found.ctcae[record["preferred"]] = term
    refused = refused_names("CONDITION")
    _ontology(found, sources, refused, left)
    _mesh(found, sources, refused, left)
    _terms(found, sources, refused)
    _aliases(found, sources, socs, left)
    rows = []
    for key, preferred in found.preferred.items():
        name, match = found.spelling[key]
        term = found.ctcae.get(preferred, found.ctcae.get(key, preferred if fold(preferred) in socs else ""))
        term, soc = socs.get(fold(term), ("", "")) if term else ("", "")
        term = "" if "other, specify" in term else term
        rows.append((name, preferred, found.code.get(preferred, ""), match if match != "any" else "", term, soc))
    tables.write(out / "conditions.tsv.gz", HEADER, COLUMNS, sorted(rows))
    told = ", ".join(f"{reason} {n}" for reason, n in left.most_common())
    return [f"conditions: {len(rows)} names of {len(set(found.preferred.values()))}; left out: {told}"]


def _refusal(name: str, refused: set[str]) -> str:
    key = fold(name)
    if not key or key in refused:
        return "refused by hand"
    if len(key) < rules()["conditions"]["shortest"] and not name.isupper():
        return "too short"
    if re.search(rules()["conditions"]["refused"], name.lower()):
        return "names its cause"
    if _UNREADABLE.search(name.lower()) or len(name) > 80:
        return "unreadable"
    return ""


def _ontology(found: Conditions, sources: Sources, refused: set[str], left: Counter[str]) -> None:
    records = [r for r in sources.records("disease_lexicon.tsv.gz") if r["kind"] in ("preferred", "exact")]
    names = {r["doid"]: r["name"].lower() for r in records if r["kind"] == "preferred"}
    for record in records:
        name = record["name"]
        reason = _refusal(name, refused)
        if reason:
            left[reason] += 1
            continue
        preferred = names[record["doid"]]
        ours = found.preferred.get(fold(preferred)) or found.preferred.get(fold(name))
        found.code.setdefault(ours or preferred, record["doid"])
        found.add(name, ours or preferred, match_rule(name)[1] if name.isupper() else "any")


def _mesh(found: Conditions, sources: Sources, refused: set[str], left: Counter[str]) -> None:
    rule = rules()["conditions"]
    groups: dict[str, list[str]] = {}
    for record in sources.records("mesh_disease_names.tsv.gz"):
        trees = record["mesh_tree"].split(";")
        if not any(
            tree.startswith(tuple(rule["trees"])) and not tree.startswith(tuple(rule["drop_trees"])) for tree in trees
        ):
            left["other MeSH tree"] += 1
            continue
        groups.setdefault(record["preferred"], []).append(record["name"])
    for heading, names in groups.items():
        # A MeSH heading gathers what is near, not what is the same: each name stands for itself, the singular first.
        for name in sorted({_natural(heading), *names}, key=lambda n: (len(n), n)):
            reason = _refusal(name, refused)
            if reason:
                left[reason] += 1
                continue
            found.add(name, name.lower(), "caps" if len(name) <= 4 else "any")


def _natural(heading: str) -> str:
    """``Leukemia, Myeloid, Acute`` -> ``acute myeloid leukemia``."""
    return "" if " and " in heading else " ".join(reversed([part.strip() for part in heading.split(",")])).lower()


def _terms(found: Conditions, sources: Sources, refused: set[str]) -> None:
    for record in sources.records("ctcae_v5.tsv"):
        term = record["term"].lower()
        if "other, specify" not in term and not _refusal(term, refused):
            found.add(term, term, "any")


def _aliases(found: Conditions, sources: Sources, socs: dict[str, tuple[str, str]], left: Counter[str]) -> None:
    """Names -> CTCAE terms: the hand-written ones; of the automatic ones only those that say the same words."""
    for record in sources.records("ae_aliases_to_ctcae_v5.tsv"):
        alias, term = record["alias"], record["ctcae_v5_term"]
        key = fold(alias)
        found.add(alias, alias.lower() if not alias.isupper() else term.lower(), match_rule(alias)[1])
        found.ctcae.setdefault(key, term)
        found.ctcae.setdefault(found.preferred[key], term)
    for record in sources.records("ae_aliases.tsv"):
        alias, term = record["alias"], record["ctcae_term"]
        if fold(term) not in socs:
            continue
        if set(fold(alias).split()) == set(fold(term).split()):
            found.ctcae.setdefault(fold(alias), term)
        else:
            left["automatic CTCAE match not in the same words"] += 1

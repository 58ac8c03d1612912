"""Texts that no author would write, made of pieces that authors do write."""

import re
from pathlib import Path

from hypothesis import strategies as st

_PIECES = Path(__file__).with_name("pieces.txt").read_text(encoding="utf-8").splitlines()
_SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
_SENTENCES = [
    " ".join(sentence.split())
    for path in sorted([*_SAMPLES.glob("*.txt"), *_SAMPLES.glob("*.xml")])
    for sentence in re.split(r"(?<=[.;])\s+", re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8")))
    if sentence.strip()
]
_GAPS = ["\n\n", "\r\n", "\t", "e\u0301"]

odd_texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(_PIECES + _GAPS), st.text(max_size=6)), max_size=40).map(" ".join),
)

mixed_reports = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=20).map(" ".join)

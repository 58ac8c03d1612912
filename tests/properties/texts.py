"""Texts that no author would write, made of pieces that authors do write."""

from pathlib import Path

from hypothesis import strategies as st

_PIECES = Path(__file__).with_name("pieces.txt").read_text(encoding="utf-8").splitlines()
_GAPS = ["\n\n", "\r\n", "\t", "e\u0301"]

odd_texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(_PIECES + _GAPS), st.text(max_size=6)), max_size=40).map(" ".join),
)

"""Which decisions stand: all but those taken back, and the takings back themselves."""

from collections.abc import Iterable, Sequence

from pipeline.ledger.decision import Decision


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that stand, in the order of their numbers; comments, which decide nothing, are left out.

    An undo may itself be undone: what it took back stands again.
    """
    ordered = sorted(decisions, key=lambda one: one.number)
    gone: set[int] = set()
    for one in reversed(ordered):
        if one.undoes is not None and one.number not in gone:
            gone.add(one.undoes)
    return [one for one in ordered if one.number not in gone and one.action not in ("undo", "comment")]


def may_be_undone(chain: Sequence[Decision]) -> set[int]:
    """Numbers of one row's decisions that can be taken back now: the last that stands, and an undo just made.

    Only the last: what was decided later was decided in view of what came before.
    """
    last_standing = [one.number for one in standing(chain)][-1:]
    last = [one.number for one in sorted(chain, key=lambda one: one.number) if one.action != "comment"][-1:]
    return {*last_standing, *last}

"""What is read before the first text: word lists, patterns, the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drafter.checking.states import prepare
from drafter.resources import lexicon

_WARM: list[bool] = []  # not empty once all is there


def warm_up(examine: Callable[[Sequence[str], str, str], object]) -> None:
    """Let a small job be examined once (facts, sample, draft), so that no later text waits.

    The checker that it makes asks again: that must not begin anew.
    """
    if not _WARM:
        _WARM.append(True)
        prepare()
        *facts, draft = lexicon("checking", "warm_up.txt")
        examine(facts, draft.replace("柳林", "桃源"), draft.removeprefix("="))

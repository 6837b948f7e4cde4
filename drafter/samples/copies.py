"""A text that holds its own body twice."""

from __future__ import annotations

_PROBE = 60
_LEAST = 200


def second_copy(text: str, starts: tuple[int, ...]) -> tuple[int, int] | None:
    """Return where the text's second copy of itself lies, None if there is none.

    ``starts`` are places where a copy may begin (the text's first word, the preamble, the first
    heading). What is repeated must run to the end of the text (a last broken line apart) or be
    two fifths of it.
    """
    for start in dict.fromkeys(starts):
        probe = text[start : start + _PROBE]
        if len(probe) < _PROBE:
            continue
        again = text.find(probe, start + _PROBE)
        if again < 0:
            continue
        length = _common(text, start, again)
        to_the_end = length >= _LEAST and again + length >= len(text) - 80
        if to_the_end or length >= 0.4 * len(text):
            return again, again + length
    return None


def _common(text: str, first: int, second: int) -> int:
    low, high = 0, min(second - first, len(text) - second)
    while low < high:
        middle = (low + high + 1) // 2
        if text.startswith(text[first : first + middle], second):
            low = middle
        else:
            high = middle - 1
    return low

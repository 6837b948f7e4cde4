"""A text that holds its own body twice."""

from __future__ import annotations

from drafter.samples.near import near_copies

_PROBE = 60
_LEAST = 200
_NEARLY = 0.85


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
        if not to_the_end and length < 0.4 * len(text):
            length = _nearly(text, start, again)
        if length:
            return again, again + length
    return None


def _nearly(text: str, first: int, second: int) -> int:
    """Return the length of a second copy that differs in a few words, 0 if it is none."""
    one, other = text[first:second], text[second:]
    if len(other) < _LEAST or not 0.5 < len(other) / len(one) < 1.5:
        return 0
    pairs = near_copies([one, other])
    return len(other) if pairs and pairs[0][2] >= _NEARLY else 0


def _common(text: str, first: int, second: int) -> int:
    low, high = 0, min(second - first, len(text) - second)
    while low < high:
        middle = (low + high + 1) // 2
        if text.startswith(text[first : first + middle], second):
            low = middle
        else:
            high = middle - 1
    return low

"""A draft beside the unit's own text of last year: what is new, carried over, left standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.comparing.near import ALIKE, SentenceIndex
from drafter.comparing.overlaps import covered, overlaps
from drafter.domain import Figure, Overlap, Span


@dataclass(frozen=True, slots=True)
class CarriedSentence:
    """A sentence of the draft that stood, nearly so, in last year's text.

    ``changed``: False where the two are the same but for white space and punctuation.
    """

    start: int
    end: int
    text: str
    old_text: str
    likeness: float
    changed: bool


@dataclass(frozen=True, slots=True)
class SurvivingFigure:
    """A figure of the draft that stands, with the same words around it, in last year's text."""

    start: int
    end: int
    text: str
    sentence: str
    old_sentence: str


@dataclass(frozen=True, slots=True)
class YearComparison:
    """``share``: part of the draft's characters in runs shared with last year's text, 0 to 1."""

    share: float
    overlaps: tuple[Overlap, ...] = ()
    new: tuple[Span, ...] = ()
    carried: tuple[CarriedSentence, ...] = ()
    figures: tuple[SurvivingFigure, ...] = ()


def compare_years(
    text: str, last_year: str, allow: Iterable[str] = (), min_run: int = 13
) -> YearComparison:
    """Compare a draft with last year's text of the same unit, sentence by sentence.

    A sentence of 15 characters or more is carried over if 60 % of its shingles stand in one
    sentence of last year's text, else it is new. A figure survives if an equal one (value and
    measure) stands in the sentence that its own was carried over from.
    """
    index = SentenceIndex({"": last_year})
    new: list[Span] = []
    carried: list[CarriedSentence] = []
    figures: list[SurvivingFigure] = []
    for sentence in split_sentences(text):
        found = index.nearest(sentence)
        if found is None or found[2] < ALIKE:
            new.append(sentence)
            continue
        _, old, alike = found
        carried.append(_carried(sentence, old.text, alike))
        figures.extend(_surviving(sentence, old.text))
    found_runs = overlaps(text, {"去年": last_year}, min_run, allow)
    share = covered(found_runs) / len(text) if text else 0.0
    return YearComparison(share, tuple(found_runs), tuple(new), tuple(carried), tuple(figures))


def _carried(sentence: Span, old: str, alike: float) -> CarriedSentence:
    changed = _letters(sentence.text) != _letters(old)
    return CarriedSentence(sentence.start, sentence.end, sentence.text, old, alike, changed)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _surviving(sentence: Span, old: str) -> Iterable[SurvivingFigure]:
    known = {_value(figure) for figure in find_figures(old)}
    for figure in find_figures(sentence.text):
        if _value(figure) in known:
            start, end = sentence.start + figure.start, sentence.start + figure.end
            yield SurvivingFigure(start, end, figure.text, sentence.text, old)


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.low, figure.high, figure.dimension

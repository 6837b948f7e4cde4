"""Exact overlaps of a draft with samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drafter.domain import Overlap, Sample, SampleName
from drafter.samples.index.runs import MIN_RUN, Allowed, Run, RunIndex

Samples = Mapping[str, str] | Sequence[Sample | str]


def named_texts(samples: Samples) -> dict[str, str]:
    """Return ``{name: text}``; a sample without a name, and a bare string, is called 样本1, 样本2 …

    A name that comes twice gets a number behind it, so that no text is lost.
    """
    if isinstance(samples, Mapping):
        return dict(samples)
    texts: dict[str, str] = {}
    for number, sample in enumerate(samples, 1):
        text, name = (sample, "") if isinstance(sample, str) else (sample.text, sample.name)
        name = name or f"样本{number}"
        texts[name if name not in texts else f"{name}（{number}）"] = text
    return texts


def overlaps(
    text: str, samples: Samples, min_run: int = MIN_RUN, allow: Iterable[str] | Allowed = ()
) -> list[Overlap]:
    """Return every run of at least ``min_run`` characters that ``text`` shares with a sample.

    A run is a stretch of ``text`` that stands in the sample as it is (nothing is normalised, white
    space and punctuation count) and that, made longer by one character to either side, does not
    stand in that sample. Each run gives one Overlap a sample, with its first place there; runs of
    one sample may overlap one another, none lies within another. Ordered by start.

    ``allow``: wording that does not count, phrases or whole documents. A run stays if at least
    ``min_run`` of its characters lie outside of allowed wording (see ``Allowed``), and is then
    given whole. Raises ValueError where ``min_run`` is less than 2.
    """
    texts = named_texts(samples)
    runs = RunIndex(texts.values(), min_run).find(text)
    allowed = allow if isinstance(allow, Allowed) else Allowed(allow, min_run)
    names = [SampleName(name) for name in texts]
    return records(text, allowed.without(runs, allowed.marks(text)), names)


def records(text: str, runs: Iterable[Run], names: Sequence[SampleName]) -> list[Overlap]:
    """Return the runs as Overlaps, the number of a text replaced by its name."""
    return [
        Overlap(run.start, run.end, text[run.start : run.end], names[run.where], run.place)
        for run in runs
    ]


def covered(found: Iterable[Overlap | Run], marks: bytearray | None = None) -> int:
    """Return how many characters lie in at least one of the overlaps, allowed ones not counted."""
    total = reached = 0
    for one in sorted(found, key=lambda one: one.start):
        start = max(one.start, reached)
        if one.end > start:
            total += one.end - start if marks is None else marks.count(0, start, one.end)
            reached = one.end
    return total

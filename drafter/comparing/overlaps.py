"""Exact overlaps of a draft with samples, and of many texts with one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drafter.domain import Overlap, OverlapMatrix, OverlapPair, Sample, SampleName
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
    text: str, samples: Samples, min_run: int = MIN_RUN, allow: Iterable[str] = ()
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
    allowed = Allowed(allow, min_run)
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


def overlap_matrix(
    texts: Mapping[str, str], min_run: int = MIN_RUN, allow: Iterable[str] = ()
) -> OverlapMatrix:
    """Return the pairs of texts that share a run, most alike first; other pairs share 0.

    ``a`` is the shorter text of a pair (of equal ones the later), ``runs`` are its overlaps with
    ``b`` as ``overlaps(texts[a], {b: texts[b]})`` finds them, ``share`` is the part of its
    characters that lies in a run and is not allowed wording, 0 to 1. One index over all texts,
    so the cost is linear in the characters and in the runs found.
    """
    # arrays pay off only here, and their library loads slowly
    from drafter.samples.index.table import RunTable  # noqa: PLC0415

    allowed = Allowed(allow, min_run)
    order = [SampleName(name) for name in sorted(texts, key=lambda name: -len(texts[name]))]
    table = RunTable.build([texts[name] for name in order], min_run)
    pairs: list[OverlapPair] = []
    for number, name in enumerate(order):
        text = texts[name]
        marks = allowed.marks(text)
        runs = allowed.without(table.find(text, below=number), marks)
        pairs.extend(_pairs(name, text, runs, marks, order))
    return OverlapMatrix(tuple(sorted(pairs, key=lambda pair: (-pair.share, pair.a, pair.b))))


def _pairs(
    name: str, text: str, runs: Sequence[Run], marks: bytearray, order: Sequence[SampleName]
) -> list[OverlapPair]:
    partners: dict[int, list[Run]] = {}
    for run in runs:
        partners.setdefault(run.where, []).append(run)
    return [
        OverlapPair(
            str(name),
            str(order[where]),
            covered(shared, marks) / len(text),
            tuple(records(text, shared, order)),
        )
        for where, shared in partners.items()
    ]

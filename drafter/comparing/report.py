"""A draft beside a library: what it shares, section by section, and with which sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from weakref import WeakKeyDictionary

from drafter.comparing.density import LEAST_CLAUSE, CommonPhrases, figures_per_1000
from drafter.comparing.near import containment
from drafter.comparing.overlaps import Samples, covered, named_texts
from drafter.domain import Overlap, Sample, Section
from drafter.samples.index.runs import MIN_RUN, Allowed
from drafter.samples.library import Library
from drafter.samples.parse import parse_sample

POINT = 5
CANDIDATES = 10
QUERY = 300
"""Characters of a section's text that go into the query for its nearest sample."""


@dataclass(frozen=True, slots=True)
class SectionComparison:
    """A section of the draft (all below it included) beside the sample that it is nearest to.

    ``share``: the part of its characters that lies in overlaps with the nearest sample.
    ``boilerplate_share``: the part in common phrases. All shares are 0 to 1.
    """

    heading: str
    nearest_sample: str
    nearest_heading: str
    share: float
    boilerplate_share: float
    figures_per_1000: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a draft shares with the samples. ``share``: of its characters, with any of them."""

    share: float
    overlaps: tuple[Overlap, ...] = ()
    sections: tuple[SectionComparison, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of ``drafter compare``."""
        return {
            "share": round(self.share, 4),
            "overlaps": [asdict(one) for one in self.overlaps],
            "sections": [_rounded(asdict(one)) for one in self.sections],
        }


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: round(value, 4) if isinstance(value, float) else value for key, value in row.items()
    }


def compare(
    text: str, samples: Library | Samples, allow: Iterable[str] = (), min_run: int = MIN_RUN
) -> Comparison:
    """Compare a text with a library, or with samples given as for ``overlaps``.

    ``allow``: wording that does not count (see ``overlaps``); it counts in no share either.
    There is a row for each section of the text down to level 4, with all below it; a text
    without headings is one section with an empty heading.
    """
    library = samples if isinstance(samples, Library) else as_library(samples)
    allowed = Allowed(allow, min_run)
    found = library.overlaps(text, min_run, allowed)
    shared = covered(found, allowed.marks(text))
    parsed = parse_sample(text)
    if parsed.text != text:
        text, found = parsed.text, library.overlaps(parsed.text, min_run, allowed)
    desk = _Desk(text, library, found, allowed.marks(text), common_phrases(library))
    rows = tuple(_compared(heading, start, end, desk) for heading, start, end in _stretches(parsed))
    return Comparison(shared / len(text) if text else 0.0, tuple(found), rows)


def as_library(samples: Samples) -> Library:
    """Return samples or texts as a library; texts are parsed."""
    return Library(parse_sample(text, name) for name, text in named_texts(samples).items())


_PHRASES: WeakKeyDictionary[Library, tuple[int, CommonPhrases]] = WeakKeyDictionary()


def common_phrases(library: Library) -> CommonPhrases:
    """Return the common phrases of a library, counted once for as long as none is added."""
    size, phrases = _PHRASES.get(library, (-1, None))
    if phrases is None or size != len(library):
        phrases = CommonPhrases(library.texts())
        _PHRASES[library] = (len(library), phrases)
    return phrases


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies on the desk while one text is compared."""

    text: str
    library: Library
    found: Sequence[Overlap]
    allowed: bytearray
    phrases: CommonPhrases


def _stretches(parsed: Sample) -> list[tuple[str, int, int]]:
    rows = [(one.heading, one.start, one.end) for one in parsed.walk() if one.level < POINT]
    return rows or [("", 0, len(parsed.text))]


def _compared(heading: str, start: int, end: int, desk: _Desk) -> SectionComparison:
    body = desk.text[start:end]
    inside = list(clipped(desk.found, start, end))
    name = _most_shared(inside, desk.allowed)
    own = [one for one in inside if one.sample == name]
    share = covered(own, desk.allowed) / len(body) if body else 0.0
    nearest = _section_of(own, desk.library.sample(name)) if name else ""
    if not name:
        name, nearest = _most_alike(heading, body, desk.library)
    density = figures_per_1000(body)
    return SectionComparison(heading, name, nearest, share, desk.phrases.share(body), density)


def clipped(found: Iterable[Overlap], start: int, end: int) -> Iterator[Overlap]:
    """Yield the parts of the overlaps that lie within a stretch of the text.

    What a run holds of the next section's number, less than 4 characters, is left out.
    """
    for one in found:
        low, high = max(one.start, start), min(one.end, end)
        if high - low >= LEAST_CLAUSE:
            cut = low - one.start
            text = one.text[cut : cut + high - low]
            yield Overlap(low, high, text, one.sample, one.sample_start + cut)


def _most_shared(inside: Iterable[Overlap], allowed: bytearray) -> str:
    by_sample: dict[str, list[Overlap]] = {}
    for one in inside:
        by_sample.setdefault(str(one.sample), []).append(one)
    shares = {name: covered(found, allowed) for name, found in by_sample.items()}
    return min(shares, key=lambda name: (-shares[name], name), default="")


def _section_of(own: Sequence[Overlap], sample: Sample) -> str:
    """Return the heading of the sample's section that holds most of the shared characters."""
    shared: Counter[int] = Counter()
    sections = [one for one in sample.walk() if one.level < POINT]
    for number, section in enumerate(sections):
        for one in own:
            end = one.sample_start + one.end - one.start
            shared[number] += max(0, min(end, section.end) - max(one.sample_start, section.start))
    if not shared or not max(shared.values()):
        return ""
    # the deepest of those that hold as much: a section below another comes later
    return sections[max(shared, key=lambda number: (shared[number], number))].heading


def _most_alike(heading: str, body: str, library: Library) -> tuple[str, str]:
    candidates = library.retrieve(f"{heading}\n{body[:QUERY]}", CANDIDATES)
    if not candidates:
        return "", ""
    likeness = [containment(body, text_of(one.section)) for one in candidates]
    best = candidates[likeness.index(max(likeness))]
    return str(best.sample), best.section.heading


def text_of(section: Section) -> str:
    """Return the section's headings and bodies, one a line."""
    return "\n".join(part for one in section.walk() for part in (one.heading, one.body))

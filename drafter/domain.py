"""The records that the rooms hand to one another. All are frozen; changes make new ones.

Offsets are code points into the text that a record belongs to, end exclusive.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

# --------------------------------------------------------------------------- text and facts

Approximation = Literal["exact", "at_least", "near", "about", "over", "up_to"]
"""exact; at_least 余/多; near 近; about 约/左右; over 超/突破/以上; up_to 以内/不超过."""

State = Literal["done", "ongoing", "planned", "problem", "unknown"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text == whole[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as found in a text.

    ``low <= value <= high`` in the base unit of its dimension (money in 元, length in m, area in
    m², mass in kg, ratio 1 = 100 %); a count keeps its classifier: dimension ``count:人``; a
    proportion (师生比1∶12) is its right term by its left one.
    ``unit`` is the measure as written (人, 万元, %, 个百分点, 户 …; "" where there is none);
    ``text`` is the whole surface form, approximation word and unit included (近3,406人).
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    unit: str
    dimension: str
    approximation: Approximation = "exact"
    value: Decimal = Decimal(0)  # the number as written, in the base unit, without 余/近/约
    step: Decimal = Decimal(0)  # worth of the last place written: 2.35亿元 → 1,000,000


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period as written; parts that are not said are ``None``.

    ``kind`` is year, month, day, quarter, half, range, season, festival or relative (今年, 去年).
    """

    start: int
    end: int
    text: str
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None  # the far end of a range
    end_month: int | None = None
    end_day: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as written. ``kind``: person, place, organisation, post, title, quote, meeting."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a file (or 粘贴), and the place in it."""

    file: str = "粘贴"
    place: str = ""  # 第3行, 工作表“党建”B7, 第2段, 表1第3行
    start: int = 0  # offset in the input text where that is one text
    end: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One atomic statement handed in by an office.

    ``text`` is the clerk's wording, cleaned (no office tag, no bullet, no surrounding space).
    Spans in ``figures``, ``dates``, ``entities`` are offsets into ``text``. ``replaced_by`` is the
    id of the fact that corrects this one; what was corrected is kept and shown, and not drafted.
    """

    id: str  # F1, F2 … stable within a sheet
    text: str
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    section_hint: str = ""  # heading or topic under which the line stood, "" if none
    office: str = ""  # 党建办, from a tag such as 【党建办】
    source: Source = field(default_factory=Source)
    state: State = "unknown"
    subject: str = ""
    period: str = ""
    internal: bool = False  # withheld from the public version
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about an input (a sample's defect, a conflict of facts)."""

    code: str
    message: str
    start: int = 0
    end: int = 0
    blocking: bool = False
    fact_ids: tuple[str, ...] = ()
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of one table or sheet, row by row, merged cells already expanded.

    ``file`` and ``name`` say where it stands (``name`` is the sheet's name or 表1),
    ``first_row`` is the number that ``rows[0]`` has there, counted from 1; ``caption`` is the line
    over a table in a paper (改厕情况表（单位：户）), "" where none is known; ``heading`` is that
    which it stands under (人居环境整治), without its number.
    """

    file: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1
    notices: tuple[Notice, ...] = ()
    caption: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The numbered facts of one unit and period.

    ``tags`` are the office tags met, ``not_understood`` the input lines that became neither a fact
    nor a tag (nothing of an input is dropped), ``notices`` the conflicts found at intake.
    """

    facts: tuple[Fact, ...] = ()
    unit: str = ""
    period: str = ""
    tags: tuple[str, ...] = ()
    not_understood: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def standing(self) -> FactSheet:
        """Return the sheet without the facts that a correction still in it has replaced."""
        known = self.by_id()
        return replace(self, facts=tuple(f for f in self.facts if f.replaced_by not in known))

    def by_id(self) -> dict[str, Fact]:
        """Return the facts by their id."""
        return {fact.id: fact for fact in self.facts}


# --------------------------------------------------------------------------- samples


@dataclass(frozen=True, slots=True)
class Section:
    """A node of a sample's tree.

    ``level``: 1 一、 2 （一） 3 1. 4 （1） 5 一是/第一. ``marker`` is as written, ``heading``
    without white space and final 。；：, ``body`` is the node's own text up to its first child;
    ``start`` is the marker's offset in the sample's text, ``end`` the end of the whole section.
    """

    level: int
    marker: str
    heading: str
    body: str
    children: tuple[Section, ...] = ()
    start: int = 0
    end: int = 0
    heading_start: int = 0
    heading_end: int = 0
    run_in: bool = False
    kind: str = "numbered"  # numbered, line-point, inline, unnumbered, glued, annex-title …

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch outside the tree: title, salutation, preamble, closing, signature, date, annex."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample summary as a tree. ``text`` is the cleaned text that all offsets refer to."""

    name: str
    title: str
    sections: tuple[Section, ...]
    warnings: tuple[Notice, ...] = ()
    text: str = ""
    parts: tuple[Part, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield all sections in reading order."""
        for section in self.sections:
            yield from section.walk()

    def part(self, kind: str) -> str:
        """Return the text of the first part of this kind, or ""."""
        return next((p.text for p in self.parts if p.kind == kind), "")


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed gap in a skeleton: what stood there is not kept.

    ``kind``: figure, date, person, place, organisation, post, title, quote, slogan, mask.
    ``measure`` is the measure word of a figure (次, 万元), ``magnitude`` its number of digits.
    """

    kind: str
    measure: str = ""
    magnitude: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """What one sentence does (目标引领, 组织部署, 做法, 数据, 成效, 问题, 打算 …), and its slots.

    ``opening`` is a rhetorical pattern without specifics (着眼于“〔词〕”, 四字对, 以…为…), or "".
    """

    function: str
    opening: str = ""
    slots: tuple[Slot, ...] = ()
    length: int = 0


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A section's structure without its specifics.

    ``heading`` has slots written 〔地名〕 in place of specifics. ``enumerator`` is the chain used
    below (一是, 第一, （一）, 1., "" for none) and ``points`` its number of links.
    """

    level: int
    heading: str
    enumerator: str = ""
    points: int = 0
    moves: tuple[Move, ...] = ()
    children: tuple[Skeleton, ...] = ()
    length: int = 0
    figures_per_1000: float = 0.0
    lead: bool = False  # a sentence of purpose stands before the points
    function: str = "work"  # work, problems, plan, opening, closing


class SampleName(str):
    """A sample's name in a library; it answers ``.name`` as a Sample does."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Return the name itself."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A section found for a query, best first. ``score`` is comparable within one answer only."""

    sample: SampleName
    section: Section
    score: float
    skeleton: Skeleton


# --------------------------------------------------------------------------- outline and draft


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading in order, with its facts, its exemplars and its length in characters.

    ``heading`` has no marker (the level gives it). ``reasons`` says for each fact why it is here.
    ``function``: work, problems, plan, opening, closing. ``length`` 0 means as the facts need.
    """

    heading: str
    level: int = 1
    fact_ids: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    exemplars: tuple[Exemplar, ...] = ()
    function: str = "work"
    length: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings in order; ``unplaced`` are the ids of facts that fit nowhere (never lost)."""

    title: str
    sections: tuple[OutlineSection, ...]
    unplaced: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""
    source: str = ""  # tasks, sample:<name>, facts
    task_notes: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One drafted point (a 一是 paragraph, a sentence group) and where it comes from."""

    text: str
    fact_ids: tuple[str, ...] = ()
    origin: str = "composer"  # composer, model, hand, import
    model: str = ""
    prompt_version: str = ""
    notice: str = ""  # why the composer stepped in, what was cut …


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A drafted section. ``text`` is its body without the heading line."""

    heading: str
    level: int
    text: str
    fact_ids: tuple[str, ...] = ()
    marker: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run cost. ``cached_tokens`` is the part of the prompt that the server had cached."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    calls: int = 0
    seconds: float = 0.0


Severity = Literal["block", "confirm", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that a person must look at.

    ``label``: invented_number altered_number wrong_unit wrong_entity leaked_from_sample
    stale_formulation invented_title contradiction placeholder numbering inconsistency boilerplate
    overlap. ``fact_ids`` are the nearest facts, ``sample`` the sample it leaked from, if it did.
    """

    start: int
    end: int
    text: str
    label: str
    severity: Severity
    message: str
    suggestion: str = ""
    fact_ids: tuple[str, ...] = ()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The verdict on one checkable span: its facts, the relation, and the formula if derived.

    ``relation``: exact, equal, approximate, derived, fixed_term, placeholder, unsupported.
    ``kind``: figure, date, person, place, organisation, post, title, quote, formulation, state.
    """

    start: int
    end: int
    text: str
    kind: str
    relation: str
    fact_ids: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A maximal run of characters shared with a sample (punctuation and space as they stand)."""

    start: int
    end: int
    text: str
    sample: SampleName
    sample_start: int


@dataclass(frozen=True, slots=True)
class OverlapPair:
    """Two texts and what they share: ``share`` of the shorter one's characters, and the runs."""

    a: str
    b: str
    share: float
    runs: tuple[Overlap, ...] = ()


@dataclass(frozen=True, slots=True)
class OverlapMatrix:
    """The pairs of texts that share a run, most alike first."""

    pairs: tuple[OverlapPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted summary. Findings and evidence are offsets into ``text``.

    ``text`` is title, preamble and all headings and bodies, one paragraph a line; signature and
    date are kept apart (``unit``, ``issue_date``), since the export places them.
    """

    title: str
    sections: tuple[DraftSection, ...]
    text: str = ""
    preamble: str = ""
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unused_facts: tuple[str, ...] = ()
    facts: FactSheet = field(default_factory=FactSheet)
    writer: str = "composer"
    usage: Usage = field(default_factory=Usage)
    unit: str = ""
    addressee: str = ""
    issue_date: str = ""  # 2026年1月5日, or "" for open
    annexes: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


# --------------------------------------------------------------------------- the model's seam


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model. ``messages`` are (role, content), the stable part first."""

    messages: tuple[tuple[str, str], ...]
    version: str = ""
    max_tokens: int = 800
    purpose: str = "point"

    def __str__(self) -> str:
        return "\n\n".join(content for _, content in self.messages)


Ask = Callable[[Prompt], Awaitable[str]]
"""Ask a model once; raises ModelError. What it returns is raw text, trusted in nothing."""

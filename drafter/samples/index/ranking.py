"""The ranking of sections: a fielded index in a well-kept engine (tantivy, BM25 k1 1.2, b 0.75).

Each section is one entry. Its fields are searched by grams and by topics, and a query is the
weighted sum of the fields' scores, so that a paraphrase (by topic) and a wording (by gram) count
together.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from drafter.domain import Sample, Section
from drafter.errors import StoreError
from drafter.samples.index.terms import function_of, grams, topics

TEXT_FIELDS = ("heading", "topic", "body", "matter")
READ_ONLY = "样本库所在的文件夹是只读的，不能更新；请换一个可写的文件夹。"
SMALL_HEAP, LARGE_HEAP = 15_000_000, 128_000_000
"""Bytes for the engine while it writes: 15 MB is the least it takes."""
POINT = 5
SECTION_BITS, TRAIT_BITS = 24, 5
SPARE = 3
MANY = 500
"""So many samples are written with the large heap: fewer and longer segments answer faster."""
MATTERS = 3
"""Topics of a body that are kept, the most frequent ones: the rest is said in passing."""
ENOUGH = 100
"""What so many headings say need not be looked for in bodies."""
_BREAK = re.compile(r"[\s。；：|]+")


class Look(NamedTuple):
    """How one part of a query is looked for in one field.

    Only its ``most`` rarest terms are: more cost time and find no better. ``unless``: a field of
    headings; what stands there ``ENOUGH`` times is left out.
    """

    field: str
    weight: float
    most: int
    unless: str = ""


HEADING = (
    Look("heading", 0.6, 4),
    Look("topic", 2.0, 9),
    Look("body", 0.25, 4, "heading"),
    Look("matter", 0.8, 3),
)
FACTS = (
    Look("topic", 1.0, 9),
    Look("body", 0.2, 3, "heading"),
    Look("matter", 0.4, 3, "topic"),
)
"""Fitted on the development half of bench/retrieval."""
FUNCTIONS = ("work", "problems", "plan", "opening", "closing")
SAME, PLAN_FOR_WORK, OTHER = 1.0, 0.95, 0.75
"""What a section's score keeps by its function: what was done is no pattern for what is lacking."""
DEEP, SENTENCE = 8, 16
"""Traits beside the function: below （一）; a heading that is a whole sentence."""
DEEPEST, LONGEST = 2, 36
KEPT_DEEP, KEPT_SENTENCE = 0.92, 0.85
"""A heading asks for a section that is headed, rather than for an item of a list."""
Terms = Mapping[tuple[str, str], float]
"""(field, term) → weight."""


class Entry(NamedTuple):
    """A section in the index: its sample, its place in that sample's walk, and what it says."""

    sample: int
    section: int
    level: int
    function: str
    traits: int
    fields: Mapping[str, str]


class Hit(NamedTuple):
    """A found section: number of the sample, place in its walk, score."""

    sample: int
    section: int
    score: float


def entries(sample: Sample, number: int) -> Iterable[Entry]:
    """Yield the entries of a sample's sections; points (level 5) belong to their section's body."""
    seen: set[tuple[str, str]] = set()
    for place, (section, above) in enumerate(_with_ancestors(sample.sections, ())):
        if section.level >= POINT or (section.heading, section.body) in seen:
            continue
        seen.add((section.heading, section.body))
        yield _entry(number, place, section, above)


def _with_ancestors(
    sections: Sequence[Section], above: tuple[Section, ...]
) -> Iterable[tuple[Section, tuple[Section, ...]]]:
    for section in sections:
        yield section, above
        yield from _with_ancestors(section.children, (section, *above))


def _entry(number: int, place: int, section: Section, above: Sequence[Section]) -> Entry:
    headings = [section.heading, *(one.heading for one in above)]
    own = [section.body]
    for child in section.children:
        own.append(child.heading)
        if child.level >= POINT:
            own.append(child.body)
    body = "\n".join(own)
    matters = Counter(topics(body)).most_common(MATTERS)
    fields: dict[str, Iterable[str]] = {
        "heading": grams(section.heading),
        "topic": topics(section.heading),
        "body": dict.fromkeys(grams(body)),
        "matter": (number for number, _ in matters),
    }
    joined = {name: " ".join(terms) for name, terms in fields.items()}
    function = function_of(headings)
    traits = FUNCTIONS.index(function)
    traits |= DEEP if section.level > DEEPEST else 0
    traits |= SENTENCE if len(section.heading) >= LONGEST else 0
    return Entry(number, place, section.level, function, traits, joined)


class Writing:
    """The right to change an index, until ``close``."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def add(self, found: Iterable[Entry]) -> None:
        """Add entries."""
        for entry in found:
            kind = f"{entry.function} level{entry.level}"
            document = tantivy.Document(place=_packed(entry), kind=kind, **entry.fields)
            self._writer.add_document(document)

    def clear(self) -> None:
        """Forget all entries."""
        self._writer.delete_all_documents()

    def close(self) -> None:
        """Make what was added visible to whoever opens the index from now on."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class Ranking:
    """The index of sections, in memory or in a folder (memory-mapped, shared by processes)."""

    def __init__(self, folder: Path | None = None) -> None:
        schema = tantivy.SchemaBuilder()
        for name in TEXT_FIELDS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        schema.add_text_field("kind", tokenizer_name="whitespace", index_option="basic")
        schema.add_integer_field("place", fast=True)
        self._schema = schema.build()
        self._view: TemporaryDirectory[str] | None = None
        self._index = self._opened(folder)
        self._searcher = self._index.searcher()

    def _opened(self, folder: Path | None) -> tantivy.Index:
        if folder is None:
            return tantivy.Index(self._schema)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(READ_ONLY) from error
        try:
            return tantivy.Index(self._schema, path=str(folder))
        except ValueError:
            if os.access(folder, os.W_OK):
                raise
        # the engine locks a file to read, too: a read-only folder is seen through links
        self._view = TemporaryDirectory(prefix="drafter-")
        for path in folder.iterdir():
            if path.suffix != ".lock":
                (Path(self._view.name) / path.name).symlink_to(path.resolve())
        return tantivy.Index(self._schema, path=self._view.name)

    def write(self, samples: int) -> Writing:
        """Begin to write so many samples or more, as the only writer; ``reopen`` after the end.

        Raises StoreError where another process is writing, or the folder is read-only.
        """
        if self._view is not None:
            raise StoreError(READ_ONLY)
        try:
            return Writing(self._index.writer(LARGE_HEAP if samples > MANY else SMALL_HEAP, 1))
        except ValueError as error:
            raise StoreError("样本库的索引正由另一个程序更新，请稍后再试。") from error

    def reopen(self) -> None:
        """See what has been written."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, k: int, kinds: Sequence[str] = ()) -> list[Hit]:
        """Return the ``k`` best sections that are of all these kinds (work, level2 …)."""
        heading, facts = heading_and_facts(query)
        terms = self._terms(heading, facts)
        if not terms or k < 1:
            return []
        result = self._searcher.search(
            self._query(terms, kinds), limit=k * SPARE + SPARE, count=False
        )
        kept = _kept(function_of([heading]))
        scores, places = zip(*result.hits, strict=True) if result.hits else ((), ())
        packed = self._searcher.fast_field_values("place", places)
        hits = [
            _hit(int(place or 0), score, kept) for score, place in zip(scores, packed, strict=True)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.sample, hit.section))[:k]

    def _terms(self, heading: str, facts: str) -> Terms:
        """Return the terms of a query that stand in the index and are worth looking for."""
        terms: dict[tuple[str, str], float] = {}
        for looks, text in ((HEADING, heading), (FACTS, facts)):
            words: dict[str, set[str]] = {"heading": set(grams(text)), "topic": set(topics(text))}
            words |= {"body": words["heading"], "matter": words["topic"]}
            for look in looks:
                for word in self._rarest(look, words[look.field]):
                    term = look.field, word
                    terms[term] = terms.get(term, 0.0) + look.weight
        return terms

    def _rarest(self, look: Look, words: Iterable[str]) -> Iterator[str]:
        counts = self._searcher.doc_freq
        known = sorted((count, word) for word in words if (count := counts(look.field, word)))
        passed = (w for _, w in known if not look.unless or counts(look.unless, w) < ENOUGH)
        return islice(passed, look.most)

    def _query(self, terms: Terms, kinds: Sequence[str]) -> tantivy.Query:
        def term(field: str, word: str) -> Query:
            return Query.term_query(self._schema, field, word, "freq")

        wanted = Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(term(field, word), weight))
                for (field, word), weight in terms.items()
            ]
        )
        if not kinds:
            return wanted
        filters = [Query.const_score_query(term("kind", kind), 0.0) for kind in kinds]
        return Query.boolean_query([(Occur.Must, q) for q in (wanted, *filters)])


def _packed(entry: Entry) -> int:
    return (entry.sample << SECTION_BITS | entry.section) << TRAIT_BITS | entry.traits


def _hit(packed: int, score: float, kept: Sequence[float]) -> Hit:
    """Return the hit of a packed place; its traits change its score."""
    place, traits = packed >> TRAIT_BITS, packed & (1 << TRAIT_BITS) - 1
    section = place & (1 << SECTION_BITS) - 1
    return Hit(place >> SECTION_BITS, section, score * kept[traits])


@cache
def _kept(wanted: str) -> tuple[float, ...]:
    """Return what a section's score keeps, by its traits."""
    kept = {wanted: SAME} if wanted != "work" else {"work": SAME, "plan": PLAN_FOR_WORK}
    functions = dict(enumerate(kept.get(function, OTHER) for function in FUNCTIONS))
    return tuple(
        functions.get(traits % DEEP, OTHER)
        * (KEPT_DEEP if traits & DEEP else 1)
        * (KEPT_SENTENCE if traits & SENTENCE else 1)
        for traits in range(1 << TRAIT_BITS)
    )


def heading_and_facts(query: str) -> tuple[str, str]:
    """Split a query at its first line break, white space or 。；： into heading and facts."""
    heading, *facts = _BREAK.split(query.strip(), maxsplit=1)
    return heading, "".join(facts)

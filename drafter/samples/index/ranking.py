"""The ranking of sections: a fielded index in a well-kept engine (tantivy, BM25 k1 1.2, b 0.75).

Each section is one entry. Its fields are searched by grams and by topics, and a query is the
weighted sum of the fields' scores, so that a paraphrase (by topic) and a wording (by gram) count
together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from drafter.domain import Sample, Section
from drafter.errors import StoreError
from drafter.samples.index.terms import function_of, grams, topics

TEXT_FIELDS = ("heading", "topic", "body", "matter")
SMALL_HEAP, LARGE_HEAP = 15_000_000, 128_000_000
"""Bytes for the engine while it writes: 15 MB is the least it takes."""
POINT = 5
SECTION_BITS, FUNCTION_BITS = 24, 3
SPARE = 3
MATTERS = 6
"""Topics of a body that are kept, the most frequent ones: the rest is said in passing."""
RAREST = 8
"""Grams of a query that are looked for in bodies: more of them cost time and find no better."""
_BREAK = re.compile(r"[\s。；：|]+")
WEIGHTS: Mapping[tuple[str, str], float] = {
    ("heading", "heading"): 0.6,
    ("heading", "topic"): 2.0,
    ("heading", "body"): 0.25,
    ("heading", "matter"): 0.8,
    ("facts", "topic"): 0.7,
    ("facts", "body"): 0.2,
    ("facts", "matter"): 0.4,
}
"""(part of the query, field) → weight; fitted on the development half of bench/retrieval."""
FUNCTIONS = ("work", "problems", "plan", "opening", "closing")
SAME, PLAN_FOR_WORK, OTHER = 1.0, 0.95, 0.75
"""What a section's score keeps by its function: what was done is no pattern for what is lacking."""


class Entry(NamedTuple):
    """A section in the index: its sample, its place in that sample's walk, and what it says."""

    sample: int
    section: int
    level: int
    function: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
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
    matters = Counter(map(str, topics(body))).most_common(MATTERS)
    fields = {
        "heading": grams(section.heading),
        "topic": list(map(str, topics(section.heading))),
        "body": grams(body),
        "matter": [number for number, count in matters for _ in range(count)],
    }
    joined = {name: " ".join(terms) for name, terms in fields.items()}
    return Entry(number, place, section.level, function_of(headings), joined)


class Writing:
    """The right to change an index."""

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


class Ranking:
    """The index of sections, in memory or in a folder (memory-mapped, shared by processes)."""

    def __init__(self, folder: Path | None = None) -> None:
        schema = tantivy.SchemaBuilder()
        for name in TEXT_FIELDS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        schema.add_text_field("kind", tokenizer_name="whitespace", index_option="basic")
        schema.add_integer_field("place", fast=True)
        self._schema = schema.build()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=None if folder is None else str(folder))
        self._searcher = self._index.searcher()

    @contextmanager
    def writing(self, heap: int = SMALL_HEAP) -> Iterator[Writing]:
        """Be the only writer for a while; what was added is found from the end of it on.

        Raises StoreError where another process is writing.
        """
        try:
            writer = self._index.writer(heap, 1)
        except ValueError as error:
            raise StoreError("样本库的索引正由另一个程序更新，请稍后再试。") from error
        try:
            yield Writing(writer)
            writer.commit()
        finally:
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(self, query: str, k: int, kinds: Sequence[str] = ()) -> list[Hit]:
        """Return the ``k`` best sections that are of all these kinds (work, level2 …)."""
        weighted = self._known(terms_of(query))
        if not weighted or k < 1:
            return []
        result = self._searcher.search(
            self._query(weighted, kinds), limit=k * SPARE + SPARE, count=False
        )
        wanted = function_of([heading_and_facts(query)[0]])
        places = [place for _, place in result.hits]
        packed = self._searcher.fast_field_values("place", places)
        hits = [
            _hit(int(place or 0), score, wanted)
            for (score, _), place in zip(result.hits, packed, strict=True)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.sample, hit.section))[:k]

    def _known(self, weighted: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
        """Return the terms that stand in the index, of those of bodies the rarest."""
        counted = {term: self._searcher.doc_freq(*term) for term in weighted}
        in_bodies = sorted(
            (n, word) for (field, word), n in counted.items() if field == "body" and n
        )
        rarest = {word for _, word in in_bodies[:RAREST]}
        return {
            (field, word): weight
            for (field, word), weight in weighted.items()
            if counted[field, word] and (field != "body" or word in rarest)
        }

    def _query(
        self, weighted: Mapping[tuple[str, str], float], kinds: Sequence[str]
    ) -> tantivy.Query:
        def term(field: str, word: str) -> Query:
            return Query.term_query(self._schema, field, word, "freq")

        wanted = Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(term(field, word), weight))
                for (field, word), weight in weighted.items()
            ]
        )
        if not kinds:
            return wanted
        filters = [Query.const_score_query(term("kind", kind), 0.0) for kind in kinds]
        return Query.boolean_query([(Occur.Must, q) for q in (wanted, *filters)])


def _packed(entry: Entry) -> int:
    function = FUNCTIONS.index(entry.function)
    return (entry.sample << SECTION_BITS | entry.section) << FUNCTION_BITS | function


def _hit(packed: int, score: float, wanted: str) -> Hit:
    """Return the hit of a packed place; what a section is for changes its score."""
    place, function = divmod(packed, 1 << FUNCTION_BITS)
    sample, section = divmod(place, 1 << SECTION_BITS)
    return Hit(sample, section, score * _kept(wanted, FUNCTIONS[function]))


def _kept(wanted: str, function: str) -> float:
    if wanted == function:
        return SAME
    return PLAN_FOR_WORK if (wanted, function) == ("work", "plan") else OTHER


def heading_and_facts(query: str) -> tuple[str, str]:
    """Split a query at its first line break, white space or 。；： into heading and facts."""
    heading, *facts = _BREAK.split(query.strip(), maxsplit=1)
    return heading, "".join(facts)


def terms_of(query: str) -> dict[tuple[str, str], float]:
    """Return the weighted terms of a query: those of its heading and those of its facts."""
    heading, facts = heading_and_facts(query)
    weighted: dict[tuple[str, str], float] = {}
    for part, text in (("heading", heading), ("facts", facts)):
        words = {
            "grams": grams(text),
            "topics": list(map(str, topics(text))),
        }
        for (where, field), weight in WEIGHTS.items():
            if where == part:
                for word in set(words[_KIND[field]]):
                    weighted[field, word] = weighted.get((field, word), 0.0) + weight
    return weighted


_KIND = {
    "heading": "grams",
    "body": "grams",
    "topic": "topics",
    "matter": "topics",
}

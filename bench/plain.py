"""What a user would pick instead: the engine over character bigrams, without fields or topics."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

HEAP = 128_000_000


class PlainBigrams:
    """One text field cut into pairs of characters, searched by BM25.

    As the engine offers it: positions are indexed, its parser reads the query, matches are
    counted. ``tuned``: only frequencies, any of the query's pairs, nothing counted.
    """

    def __init__(self, texts: Iterable[str], path: str | None = None, tuned: bool = False) -> None:
        builder = tantivy.SchemaBuilder()
        option = "freq" if tuned else "position"
        builder.add_text_field("text", tokenizer_name="bigram", index_option=option)
        builder.add_integer_field("number", fast=True)
        self._start(tantivy.Index(builder.build(), path=path), tuned)
        writer = self.index.writer(HEAP)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    @classmethod
    def open(cls, path: str, tuned: bool = False) -> PlainBigrams:
        """Open what was built in a folder."""
        new = cls.__new__(cls)
        new._start(tantivy.Index.open(path), tuned)
        return new

    def _start(self, index: tantivy.Index, tuned: bool) -> None:
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2)).build()
        index.register_tokenizer("bigram", analyzer)
        self.index, self.tuned, self.searcher = index, tuned, index.searcher()

    def search(self, query: str, k: int) -> list[int]:
        """Return the numbers of the k best texts."""
        asked = self._pairs(query) if self.tuned else self.index.parse_query_lenient(query)[0]
        hits = self.searcher.search(asked, limit=k, count=not self.tuned).hits
        return [
            int(n or 0) for n in self.searcher.fast_field_values("number", [a for _, a in hits])
        ]

    def _pairs(self, query: str) -> tantivy.Query:
        words = {query[i : i + 2] for i in range(len(query) - 1)}
        terms = [
            (
                tantivy.Occur.Should,
                tantivy.Query.term_query(self.index.schema, "text", word, "freq"),
            )
            for word in sorted(words)
        ]
        return tantivy.Query.boolean_query(terms)

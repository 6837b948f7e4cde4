"""What a user would pick instead: the engine over character bigrams, without fields or topics."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

HEAP = 128_000_000


class PlainBigrams:
    """One text field cut into pairs of characters, searched by BM25 as the engine offers it."""

    def __init__(self, texts: Iterable[str], path: str | None = None) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="bigram", index_option="freq")
        builder.add_integer_field("number", fast=True)
        self.index = tantivy.Index(builder.build(), path=path)
        self.register(self.index)
        writer = self.index.writer(HEAP)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    @classmethod
    def open(cls, path: str) -> PlainBigrams:
        """Open what was built in a folder."""
        new = cls.__new__(cls)
        new.index = tantivy.Index.open(path)
        cls.register(new.index)
        new.searcher = new.index.searcher()
        return new

    @staticmethod
    def register(index: tantivy.Index) -> None:
        """Name the bigram tokenizer to an index (needed again after opening)."""
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2)).build()
        index.register_tokenizer("bigram", analyzer)

    def search(self, query: str, k: int, count: bool = True) -> list[int]:
        """Return the numbers of the k best texts.

        ``count`` is the engine's default: it counts all matches, and so reads every posting.
        """
        words = {query[i : i + 2] for i in range(len(query) - 1)}
        terms = [
            (
                tantivy.Occur.Should,
                tantivy.Query.term_query(self.index.schema, "text", word, "freq"),
            )
            for word in sorted(words)
        ]
        hits = self.searcher.search(tantivy.Query.boolean_query(terms), limit=k, count=count).hits
        return [
            int(n or 0) for n in self.searcher.fast_field_values("number", [a for _, a in hits])
        ]

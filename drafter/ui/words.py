"""The page's own words, Chinese and English, from one data file."""

from __future__ import annotations

from functools import cache

from drafter.resources import lexicon

LANGUAGES = ("zh", "en")


class Words:
    """The words of one language: ``words("facts.add", n=3)``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = _table(lang)

    def __call__(self, key: str, **values: object) -> str:
        """Return a text by its key, ``{name}`` filled in; raises KeyError for an unknown key."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def get(self, key: str, default: str) -> str:
        """Return a text by its key, or the default."""
        return self._texts.get(key, default)


@cache
def _table(lang: str) -> dict[str, str]:
    column = 1 + LANGUAGES.index(lang)
    rows = (line.split("\t") for line in lexicon("ui", "words.tsv"))
    return {row[0]: row[column] for row in rows}


@cache
def words(lang: str) -> Words:
    """Return the words of a language."""
    return Words(lang)

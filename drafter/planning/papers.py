"""The headings of a paper on one line of work, where no tasks were handed down.

A paper on drowning or on forest fires is all of one domain: parted by the duties of an office it
would fall to pieces. Its facts are parted by facets: who led, what was checked, who was taught.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from drafter.domain import Fact
from drafter.planning.facets import facets, main_facet
from drafter.resources import lexicon

FEWEST = 3  # facets that have facts of their own; with fewer the paper has no parts


def headings_on(subject: str, facts: Sequence[Fact]) -> list[str]:
    """Return the headings of a paper on a subject, those that its facts fill; or none.

    None where the subject is of no known line of work, or its facts show less than three facets.
    """
    names = next((names for words, names in _papers() if words.search(subject)), ())
    mine = [main_facet(fact.text, names) for fact in facts]
    counts = Counter(facet.heading for facet in mine if facet)
    found = [facets()[name].heading for name in names if counts[facets()[name].heading]]
    return found if len(found) >= FEWEST else []


@cache
def _papers() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    rows = (line.split("\t") for line in lexicon("planning", "papers.tsv"))
    return tuple((re.compile(words), tuple(names.split())) for words, names in rows)

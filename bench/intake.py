"""What a person must correct at first sight in the facts read from tables and messages.

Run: python -m bench.intake [-v] [FILE …]. The sets in bench/intake are material as offices send it,
each with what a careful clerk expects, written before the material was first read. A line of parts
joined by " ; " is one fact: patterns its text must have, "!x" one it must not, "@B3" its place,
state=, period=, hint=, office=; "replaced" a fact that a correction replaced, "~" lets a figure go
without a measure; "!! code" a notice. Every figure must have a measure. Counted are expected facts
that are not there or facts that nobody expected (the greater number), and notices missing or wrong.
The later sets of a kind were each written after the rules had been mended for the ones before.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.intake_files import Case, read_cases, write_file
from drafter.chinese.normalise import fold
from drafter.domain import Fact, FactSheet
from drafter.public import read_facts

SETS = Path(__file__).parent / "intake"
_ALARMS = frozenset(
    {
        "conflict", "repeated", "sum_wrong", "total_wrong", "rate_wrong", "growth_wrong",
        "rest_wrong", "part_exceeds", "state_conflict", "correction",
    }
)  # fmt: skip
_GROUPED = re.compile(r"(?<=\d),(?=\d{3})|\s")


def _bare(text: str) -> str:
    return _GROUPED.sub("", fold(text))


def _has(fact: Fact, part: str) -> bool:
    text = _bare(fact.text)
    name, found, value = part.partition("=")
    if part == "~":
        return True
    if part == "replaced":
        return fact.replaced_by != ""
    if part.startswith("@"):
        return part[1:] in fact.source.place
    if part.startswith("!"):
        return re.search(_bare(part[1:]), text) is None
    if found and name in {"state", "period"}:
        return re.fullmatch(value, fold(getattr(fact, name))) is not None
    if found and name in {"hint", "office"}:
        held = fact.section_hint + text if name == "hint" else fact.office
        return re.search(value, held) is not None
    return re.search(_bare(part), text) is not None


def fits(fact: Fact, wanted: Sequence[str]) -> bool:
    """Tell whether a fact is the one that a clerk expects."""
    bare = any(f.dimension == "number" and not f.unit for f in fact.figures)
    return all(_has(fact, part) for part in wanted) and ("~" in wanted or not bare)


def to_correct(case: Case, sheet: FactSheet) -> list[str]:
    """Return what a person has to correct, in words."""
    used: set[str] = set()
    missing = []
    for wanted in case.wanted:
        ids = [fact.id for fact in sheet if fits(fact, wanted)]
        used.update(next(([i] for i in ids if i not in used), ids[:1]))
        missing += [] if ids else [f"missing: {' ; '.join(wanted)}"]
    others = [f"not expected: {fact.text}" for fact in sheet if fact.id not in used]
    codes = [notice.code for notice in sheet.notices]
    lost = [f"no notice {code}" for code in case.notices if code not in codes]
    false = {code for code in codes if code in _ALARMS and code not in case.notices}
    pairs = max(missing, others, key=len)
    return [*pairs, *lost, *(f"false notice {code}" for code in sorted(false))]


def main(arguments: Sequence[str]) -> None:
    """Print for each set how many of its facts and notices a person must correct."""
    named = [Path(argument) for argument in arguments if not argument.startswith("-")]
    for path in named or sorted(SETS.glob("*.txt")):
        wrong = total = 0
        for case in read_cases(path):
            with tempfile.TemporaryDirectory() as folder:
                sheet = read_facts(write_file(case, Path(folder)), case.unit, case.period)
            found = to_correct(case, sheet)
            wrong, total = wrong + len(found), total + len(case.wanted) + len(case.notices)
            if "-v" in arguments and found:
                print(case.name, *found, sep="\n  ")
        print(f"{path.stem}: {wrong} of {total} to correct ({wrong / total:.1%})")


if __name__ == "__main__":
    main(sys.argv[1:])

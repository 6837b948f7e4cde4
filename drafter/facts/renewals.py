"""A message that takes the place of an earlier one: 前面发的作废，以这条为准：…, *632人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.domain import Fact, Notice
from drafter.facts.corrections import Corrected

_VOID = (
    "(?:(?:请|把)?(?:[前上]面|刚才|之前|刚刚|上一?条|昨天)?我?[发报写说]?的?(?:那[条个份]|数据?|数字|消息|内容)?"
    "(?:全部|都|请)?(?:作废|不算数?|忽略|不要了|删掉)了?)"
)
_THIS = "(?:这|此|本|下|最?新)(?:一?[条版次份个]|面)?(?:的|数据?|发的)?"
_VALID = f"(?:请?(?:大家)?(?:都|统一|一律)?以{_THIS}为准)"
_OPENS = re.compile(rf"\s*(?:{_VOID}[，,。；;！!\s]*{_VALID}?|{_VALID})\s*(?:[：:，,。！!]\s*|$)")
_STARRED = re.compile(r"\s*[*＊]\s?(?P<rest>\S+)\s*")
_MOST_RECENT = 300  # facts among which the renewed one is looked for
_ALIKE = 0.7  # as large a share of words is the same where one statement renews another


def renewing_until(text: str) -> int:
    """Return where the words end that make earlier statements void, 0 where a line has none."""
    found = _OPENS.match(text)
    return found.end() if found else 0


def starred(text: str) -> str:
    """Return 应为632人 for *632人, which in a chat mends what was written before; else ""."""
    found = _STARRED.fullmatch(text)
    figures = find_figures(found["rest"]) if found else []
    whole = len(figures) == 1 and found is not None and figures[0].text == found["rest"]
    return f"应为{figures[0].text}" if whole else ""


def renewal(wording: str, fact_id: str, office: str, earlier: Sequence[Fact]) -> Corrected | None:
    """Return a statement of a renewed message with the earlier one whose place it takes."""
    mine = _words(wording)
    for fact in reversed(earlier[-_MOST_RECENT:]):
        theirs = _words(fact.text)
        shared = len(mine & theirs)
        if fact.office != office or fact.replaced_by or not shared:
            continue
        if shared >= _ALIKE * len(mine | theirs):
            return Corrected(wording, _notice(fact_id, fact), replaces=fact)
    return None


def _words(text: str) -> set[str]:
    letters = re.sub("[^\u4e00-\u9fff]", " ", fold(text))
    return {letters[i : i + 2] for i in range(len(letters) - 1) if " " not in letters[i : i + 2]}


def _notice(fact_id: str, old: Fact) -> Notice:
    return Notice(
        "correction",
        f"{fact_id}代替{old.id}：“{old.text[:24]}”已声明作废。起草用{fact_id}，{old.id}留作对照。",
        fact_ids=(old.id, fact_id),
    )

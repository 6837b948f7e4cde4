"""Messages as people dictate them: without punctuation, with the words one speaks to think."""

from __future__ import annotations

import re
from functools import cache

from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

_FILLERS = re.compile(
    "^(?:(?:然后(?:呢|就是)?|还有就是|另外就是|对了|就是说?|那个|我先?(?:说|讲|报)一?下|嗯+|呃+|啊|哦)[，,、\\s]*)+(?=[^，,、\\s]{4})"
)
_MARKS = re.compile("[，,。；;：:、！!？?（）()→\n]")
_FEWEST = 2  # figures in one breath


_ASKED = re.compile(
    r"(?P<about>[^？?，,。；]{2,30})[？?]\s*(?:——|—|-|→|[：:]|答[：:]?)?\s*(?P<answer>[^？?]{2,})$"
)
_HOW_MANY = re.compile("(?:一?共?有|是)?(?:多少|几)[\u4e00-\u9fff]{0,3}$")
_WHETHER = re.compile("(?:^有没有|是否.*$|[^，]没[^，]$)")


def answered(text: str) -> str:
    """Return a question with its answer as a statement: 党支部多少个？——18个 is 党支部18个."""
    found = _ASKED.fullmatch(text)
    if found is None:
        return text
    about, answer = found["about"], found["answer"]
    if counted := _HOW_MANY.search(about):
        return about[: counted.start()] + answer
    whether = _WHETHER.search(about)
    return f"{_WHETHER.sub('', about)}：{answer}" if whether else text


def punctuated(text: str) -> str:
    """Return a dictated statement with commas behind its figures where a new clause opens.

    接待游客37.8万人次收入2100万 is 接待游客37.8万人次，收入2100万; what has a mark already stays.
    """
    text = _FILLERS.sub("", text)
    if _MARKS.search(text):
        return text
    figures = find_figures(text)
    if len(figures) < _FEWEST:
        return text
    for figure in reversed(figures):
        if _opener().match(text, figure.end):
            text = f"{text[: figure.end]}，{text[figure.end :]}"
    return text


@cache
def _opener() -> re.Pattern[str]:
    words = sorted(lexicon("facts", "clause_openers.txt"), key=len, reverse=True)
    return re.compile("|".join(words))

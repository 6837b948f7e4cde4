"""Words of speech that hold a clause together: 了, 没, 都 become what a paper writes.

都发了 → 均已发放, 补了水泵6台 → 补充水泵6台, 没形成 → 未形成.
They run behind the lexicon of spoken words, whose rows know single expressions better.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from drafter.resources import lexicon
from drafter.writing.words import cuts_a_word

_NOTHING = re.compile(
    r"(?<![埋淹出沉吞隐湮覆有])没有?(?=经验|网络|信号|场地|技术|编制|图纸|手续|人手|资质|证照|记录|依据)"
)
_LASTED = re.compile(r"(\d[\d.]*[余多]?(?:个[多半]?月|年|天|小时|周))了(?=[，；。、）]|$)")
_HEADS = re.compile("(?<=\\d)个(?=人(?![员口大民工体]))")  # 9个人 are 9人
_DENIED = frozenset("没未不才能可再待正刚")


class _Verb(NamedTuple):
    """A row of the lexicon: characters it does not stand behind, done, before an object."""

    behind: str
    done: str
    taking: str = ""


def written_particles(text: str) -> str:
    """Return a text whose 了, 没 and 都 are told as a paper tells them."""
    undone, ended, taking, denied, every = _patterns()
    text = undone.sub(lambda match: f"未{_verbs()[match['verb']].done}", text)
    text = taking.sub(_taken, ended.sub(_ended, text))
    text = every.sub("均", denied.sub("未", _NOTHING.sub("无", text)))
    return _HEADS.sub("", _LASTED.sub(r"\1", text))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return what is not done, done, done to an object, what is no state, and what all share."""
    verbs = f"(?P<verb>[{''.join(_verbs())}])"
    gone = "(?:好|完|掉|齐|到位)"
    states = "|".join((*lexicon("writing", "done_verbs.txt"), *lexicon("writing", "states.txt")))
    lasting = r"\d[\d.]*[余多]?(?:个[多半]?月|[年天日]|小时|分钟|周)"  # 堵了13年 takes no object
    return (
        re.compile(
            rf"(?<=[\u4e00-\u9fff])(?<![埋淹出沉吞隐湮覆])没有?{verbs}(?:{gone}|上)?(?=[，；。、）]|$)"
        ),
        re.compile(
            rf"(?P<all>全部都?|全?都|均)?(?P<told>已)?{verbs}"
            rf"(?:{gone}了|上?了|完|(?<=已.){gone})(?=[，；。、）]|$)"
        ),
        re.compile(
            rf"{verbs}{gone}?了(?!{lasting})(?=\d|[“\ue000-\uf8ff]|(?![又再还就才也没不怕一两半几])[\u4e00-\u9fff]{{2}})"
        ),
        re.compile(rf"(?<![埋淹出沉吞隐湮覆有])没有?(?={states})"),
        re.compile(rf"(?<![首成古京旧国新丰于宁一])全?都(?={states}|[已有在未要能会按由为])"),
    )


@cache
def _verbs() -> dict[str, _Verb]:
    rows = (line.split("\t") for line in lexicon("writing", "results.tsv"))
    return {verb: _Verb(*others) for verb, *others in rows}


def _ended(match: re.Match[str]) -> str:
    verb, every = _verbs()[match["verb"]], match["all"]
    if not every and _bound(match, verb):
        return match[0]
    over = match["told"] or (
        match[0].endswith("了") and not match.string[: match.start()].endswith("前")
    )
    told = "已" if over else ""
    if not every:
        return told + verb.done
    return f"{told}全部{verb.done}" if every.startswith("全部") else f"均{told}{verb.done}"


def _taken(match: re.Match[str]) -> str:
    verb = _verbs()[match["verb"]]
    return match[0] if _bound(match, verb) else verb.taking or match["verb"]


def _bound(match: re.Match[str], verb: _Verb) -> bool:
    """Tell a verb that is the end of a longer word, or of what did not happen."""
    at = match.start()
    before = match.string[at - 1] if at else ""
    if cuts_a_word(match.string, *match.span()):
        return True
    return before in _DENIED or (before != "" and before in verb.behind + match["verb"])

"""What only the lines around a line tell: bare headings, senders over a time, signatures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from drafter.chinese.markers import find_marker
from drafter.chinese.normalise import clean, fold
from drafter.chinese.quantities import find_figures
from drafter.facts.days import with_days
from drafter.facts.headings import ShortName, short_name
from drafter.facts.line import Line
from drafter.facts.markup import veiled
from drafter.facts.senders import is_moment, is_speaker, named_below, opens_chat

_OPENS_A_LETTER = re.compile(
    "[您你]们?好|现将|(?:根据|按照|接|依据)(?![^，。]{0,24}\\d[^年月日号])"
)
_MINUTES = re.compile("主持|记录|参会|出席|列席|缺席")
_FIRST = re.compile(r"(?:1[、.．)）](?!\d)|[（(][1一][)）]|①|一、)")
_DONE = re.compile("[了已]|完成|开展|落实|推进|到位")
_LONGEST_CAPTION = 40
_SUPPLIED = re.compile("[（(](?P<office>[^（()）]{2,12}?)(?:提供|报送|上报|供稿|报)[）)]$")


def settled(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines with what only their neighbours tell: bare headings, senders over a time."""
    names = [*(_short_name_of(line) for line in lines), None, None]
    in_chat, known = False, set[str]()
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        before = lines[at - 1] if at else None
        if line.kind == "fact" and _is_of_a_meeting(lines, at):
            yield replace(line, kind="meta")
            continue
        known |= {line.label} if line.kind == "sender" else set()
        in_chat = in_chat or (line.kind in {"sender", "rule"} and opens_chat(fold(line.text)))
        if line.kind == "signature":
            yield line if _signs(lines, at) else replace(line, kind="tag")
        elif _signs_off(line, before, after, in_chat) or _is_known(line, known):
            yield replace(line, kind="signature", label=line.text)
        elif line.kind == "tag" and after and _OPENS_A_LETTER.match(fold(after.text)):
            yield replace(line, kind="meta")  # 党政办： 您好！ is to whom, not from whom
        elif line.kind != "fact" or after is None or after.number == line.number:
            yield line
        elif _is_over_a_time(line, after) or (
            in_chat and _names_who_writes(line, before, after, known)
        ):
            known.add(fold(line.text))
            yield replace(line, kind="sender", label=line.text)
        elif not in_chat and _stands_over(names, at, lines):
            named, office = supplied(names[at].text)  # type: ignore[union-attr]
            yield replace(line, kind="heading", label=named, office=office)
        elif (after.kind == "row" and _is_caption(line)) or _is_over_a_list(lines, at):
            yield replace(line, kind="title")
        else:
            yield line


def _signs(lines: Sequence[Line], at: int) -> bool:
    """Tell whether ——民政办 stands below what it signs, and not over what it says."""
    line, last = lines[at], lines[-1]
    if at == 0 or (last.kind == "signature" and lines[0].kind != "signature"):
        return at > 0
    after = lines[at + 1] if at + 1 < len(lines) else None
    over = after is not None and after.kind in {"fact", "row"}
    parted = after is not None and after.number > line.number + 1 == lines[at - 1].number + 2
    return not over or parted


def _signs_off(line: Line, before: Line | None, after: Line | None, in_chat: bool) -> bool:
    """Tell whether a bare name ends a message: behind a statement, before the next sender.

    Below a letter it ends the text.
    """
    behind = before is not None and before.kind in {"fact", "meta"}
    close = behind and before is not None and before.number == line.number - 1
    ends = after is None or (in_chat and after.kind == "sender")
    named = line.kind == "fact" and is_speaker(fold(line.text), in_chat=True)
    return close and ends and named


def _is_known(line: Line, known: Collection[str]) -> bool:
    """Tell whether a line signs with the name of one who wrote in the chat: ——向阳."""
    who = named_below(fold(line.text)) if line.kind == "fact" and known else ""
    return who != "" and any(who in label for label in known)


def _is_of_a_meeting(lines: Sequence[Line], at: int) -> bool:
    """Tell whether 时间：…, 地点：… stand among the particulars of a meeting (主持：…, 记录：…)."""
    around = lines[max(0, at - 2) : at + 3]
    told = any(line.kind == "meta" and _MINUTES.match(fold(line.text)) for line in around)
    return told and re.match("(?:时间|地点)[：:]", fold(lines[at].text)) is not None


def _is_over_a_time(line: Line, after: Line) -> bool:
    return after.kind == "rule" and is_moment(fold(after.text)) and _is_name(line)


def _names_who_writes(line: Line, before: Line | None, after: Line, known: Collection[str]) -> bool:
    """Tell whether a bare name in a chat is a sender: under a time, or a person known as one."""
    folded = fold(line.text)
    timed = before is not None and before.kind == "rule" and is_moment(fold(before.text))
    spoken = after.kind in {"fact", "talk"}
    return (
        spoken and _is_name(line) and (timed or folded in known or is_speaker(folded, in_chat=True))
    )


def _is_caption(line: Line) -> bool:
    """Tell whether a line over a pasted table is its title: no figure in it, and no clause."""
    folded = fold(line.text)
    bare = re.sub("[（(][^（()）]*[）)]", "", folded)
    clauses = set(bare.rstrip("：:")) & set("，。；：！？")
    return len(folded) <= _LONGEST_CAPTION and not clauses and not find_figures(with_days(folded))


def _is_over_a_list(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a first line without a figure or a full stop says what a list is.

    It is numbered, or the line ends in a colon (镇长电话里说的，我记一下：).
    """
    line, after = lines[at], lines[at + 1]
    first = {one.kind for one in lines[:at]} <= {"meta", "rule", "title"}
    folded = fold(line.text)
    states = find_figures(folded) or _DONE.search(folded) or folded[-1] in "。；;！!"
    listed = folded[-1] in "：:" or _FIRST.match(fold(after.text)) is not None
    return first and listed and find_marker(folded) is None and not states


def _is_name(line: Line) -> bool:
    folded = fold(line.text)
    return len(folded) <= 14 and not find_figures(folded) and not set(folded) & set("，。；：！？")


def _short_name_of(line: Line) -> ShortName | None:
    return short_name(fold(clean(veiled(line.text))).strip()) if line.kind == "fact" else None


def _stands_over(names: Sequence[ShortName | None], at: int, lines: Sequence[Line]) -> bool:
    """Tell whether a short name stands over statements (（一）文明创建, 换届).

    Of several names in a row none is a heading: they are a list of short statements. A bare name
    over another one (农业生产, then 春播) is the heading of both.
    """
    name = names[at]
    if name is None:
        return False
    if lines[at + 1].kind == "heading":
        return True
    if not (_states(lines, at + 1) or names[at + 1]):
        return False
    longest = 2 if name.level == 0 else 1  # 农业生产 over 春播; three in a row are a list
    first = last = at
    while last - first < longest and first and _is_level(names[first - 1], name.level):
        first -= 1
    while last - first < longest and _is_level(names[last + 1], name.level):
        last += 1
    return last - first < longest and _states(lines, last + 1)


def _states(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is a statement or a row, or begins one (信访室报：接访12批)."""
    kinds = [line.kind for line in lines[at : at + 2] if line.number == lines[at].number]
    return bool(kinds) and (kinds[0] in {"fact", "row"} or kinds == ["sender", "fact"])


def _is_level(name: ShortName | None, level: int) -> bool:
    return name is not None and name.level == level


def supplied(heading: str) -> tuple[str, str]:
    """Return the heading and the office of 普法（司法所提供）."""
    found = _SUPPLIED.search(heading)
    return (heading[: found.start()], found["office"]) if found else (heading, "")

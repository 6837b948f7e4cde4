"""What a fact has as done, or stopped, told as open, or going on: 正在整改 of 隐患4处，整改4处."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checking.ahead import alike
from drafter.checking.claimed import FIGURE, HAN, claim_patterns, contradiction, words
from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, Line
from drafter.chinese.numerals import parse_number
from drafter.domain import Finding

_LEFT = re.compile(
    "仍在|尚在|还在|正在|仍有|尚有|还有|仍未|仍待|有待|迟迟|尚未|还未|[还仍]没有?(?=[完开动竣])|[均都皆]未|无一(?!不|未|没)|未完成|部分未|待(?=整改|办结|验收|销号|完成)"
)
_REMAINDER = re.compile("(?:剩余|其余|余下|剩下|还剩|还有|尚有|仍有|另有)")
_GOES_ON = re.compile(
    "(?:顺利|有序|稳步|扎实|加快|如期|全速|持续|同步)(?:推进|实施|建设|施工|进行)|进展顺利|满负荷|(?:继续|并行|同时)(?:运营|使用|运行|营业)"
    "|(?:运营|运行|运转|经营)(?:良好|正常|平稳|顺畅|有序)|(?:正常|良好|有序|平稳)(?:运营|运行|运转|经营|营业|生产|开放)"
)
_STOPPED = re.compile(
    "(?:尚?未|没有?)(?:启动|开工|动工)|停工|停建|停滞|搁置|叫停|终止|暂停|缓建|中断|停[业产运办用摆]|关闭|关停|歇业|关门|闲置|注销|吊销"
)
_EVERY = re.compile("全部|均|都|全")
_DONE_DEED = re.compile(f"(?:已经?|(?<![平人户村])均|(?<=\\d[人户])均|都|全部)({HAN}{{2}})")
_DONE_SHORT = re.compile("[已均全]([改修拆清销])(?![\u4e00-\u9fff])")
_STILL_STOPPED = re.compile(
    "(?:持续|仍然?|一直|至今|依旧)(?:处于)?(?:停[工业产运办用摆课]|关闭|歇业|关门)"
)
_RESUMED = re.compile("复[工产业课]|恢复|重启|重新开|已解决")
_HALF = 0.5
_AS_GOOD = 0.8
_IN_USE = re.compile(
    "通过验收|已经?验收|验收合格|已经?(?:办结|整改|拆除)|投用|启用|投入使用|完工|竣工|建成|通车|投产"
)
_BUILDING = re.compile(
    "(?:[尚还仍]未|[还仍]没有?)(?:完成|完工|开工|动工)|(?:正|仍|尚|还)在推进|(?:仍在|尚在|还在|正在)(?:建设|施工|建造|修建|改造)|在建"
)
_COUNTED = re.compile("(?<!第)[一二两三四五六七八九十百]{1,4}(?=[个户处件人名条家村所座口宗起])")
_NUMBERS = re.compile("\\d+")
_OPENED = re.compile("仍|尚|还|剩|其余|未")
_DONE_TO = re.compile(f"(?:[也均都]|已经?|全部)(?:于|在|从)?(?:\\d+月[底初中旬末]*)?{HAN}{{2,6}}$")
_REST_IS = re.compile(
    "(?:其余|剩余|余下|[余剩]) ?(?P<number>\\d+)[\u4e00-\u9fff]{1,2}(?P<fate>[^，；。、]{2,})"
)
_ANY_NUMBER = re.compile("\\d+|[一二两三四五六七八九十百]+")


def stalled(clause: Clause, best: Binding) -> Finding | None:
    """Return a finding where what a fact has as stopped is told to go on: 停工 as 顺利推进."""
    said = _STILL_STOPPED.search(clause.text)
    resumed = _RESUMED.search(best.line.text) if said else None
    if said and resumed and _about(said, clause, best):
        told = _RESUMED.search(clause.sentence)
        return (
            None if told else contradiction(clause, *said.span(), best.line, f"事实是{resumed[0]}")
        )
    said = _GOES_ON.search(clause.text)
    stopped = _STOPPED.search(best.line.text) if said else None
    if (
        not said
        or not stopped
        or not _about(said, clause, best)
        or _STOPPED.search(clause.sentence)
    ):
        return None
    if _RESUMED.search(best.line.text) or words("plan").search(clause.sentence):
        return None
    return contradiction(clause, *said.span(), best.line, f"事实是{stopped[0]}")


def rest_done(clause: Clause, line: Line) -> Finding | None:
    """Return a finding where what a fact does otherwise with the rest is told as done as well.

    其余三个也整改到位 of 整改60个，余3个上报举证.
    """
    said = _REMAINDER.match(clause.text)
    claim = _DONE_TO.search(clause.text) if said else None
    stems = words("verb").findall(claim[0]) if claim else []
    told = _REST_IS.search(line.text) if stems else None
    same = told and _as_digits(clause.text) in (told["number"], "")
    done = {word for stem in stems for word in alike(stem)}
    ahead = words("plan").search(told["fate"]) if told else None
    borne = not ahead and told and any(word in told["fate"] for word in done)
    if words("plan").search(clause.text):
        return None
    if claim and told and same and not borne:
        return contradiction(clause, *claim.span(), line, f"事实是“{told[0]}”")
    return None


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text in digits: 三个村 has 3."""
    values = (parse_number(found[0]) for found in _COUNTED.finditer(text))
    return set(_NUMBERS.findall(text)) | {f"{v:.0f}" for v in values if v is not None}


def _as_digits(text: str) -> str:
    """Return the first number of a text in digits, "" where it has none."""
    found = _ANY_NUMBER.search(text)
    value = parse_number(found[0]) if found else None
    return f"{value:f}".rstrip("0").rstrip(".") if value else ""


def _same_numbers(said: str, fact: str) -> bool:
    """Tell whether a text has no number, or all those of a fact."""
    numbers = set(_NUMBERS.findall(said))
    return not FIGURE.search(said) or numbers == set(_NUMBERS.findall(fact))


def _about(said: re.Match[str], clause: Clause, best: Binding) -> bool:
    """Tell whether a fact is of what a clause says something of: it covers, or names it."""
    rest = _EVERY.sub("", clause.text.replace(said[0], "")).strip()
    return best.cover >= _HALF or (len(rest) > 1 and rest in best.line.text.replace(" ", ""))


def _done_as_many(line: Line) -> Iterator[str]:
    """Yield how the deeds begin that a fact counts as done for all: 隐患4处，整改4处."""
    for done in line.mentions:
        deed = done.before_text.strip()[-2:]
        wholes = [m for m in line.mentions if m.place < done.place]
        same = [m for m in wholes if m.figure.dimension == done.figure.dimension]
        if len(deed) > 1 and same and same[-1].figure.low == done.figure.low:
            yield deed[:1]


def unfinished(clause: Clause, best: Binding) -> Finding | None:
    """Return a finding where the draft leaves open what the fact says is all done."""
    said = _LEFT.search(clause.text)
    for piece in re.split("[，,；;。]", best.line.text) if said else ():
        told = claim_patterns()[0][1].search(piece)
        stems = words("verb").findall(told[0]) if told else []
        counted = not _same_numbers(clause.text, best.line.text)
        counted |= _REMAINDER.match(clause.text) is not None  # 余6个尚未命名
        told_here = not counted or set(_NUMBERS.findall(clause.text)) == set(
            _NUMBERS.findall(piece)
        )
        deeds = _DONE_DEED.findall(piece) if told_here and not leaves_open(best.line) else ()
        stems += [word for deed in deeds for word in alike(deed)]
        if said and not leaves_open(best.line) and numbers_in(clause.text) <= numbers_in(piece):
            begun = [*_DONE_SHORT.findall(piece), *_done_as_many(best.line)]
            stems += [deed for deed in begun if deed in clause.text[said.end() :][:2]]
        if said and f"{clause.text[said.end() :][:2]}中" in best.line.text:
            return None  # 一个正在布展 of 建成1，布展中1
        ready = _BUILDING.search(clause.text) and _IN_USE.search(piece)
        same = any(stem in clause.text for stem in stems) or (ready and best.cover >= _AS_GOOD)
        left = ready and words("plan", "ongoing").search(best.line.text)
        opened = _OPENED.search(piece) or left
        none = said and re.search(f"[无未没零]{re.escape(clause.text[said.end() :][:2])}", piece)
        if said and same and not opened and not (none and said[0].endswith("未")):
            return contradiction(clause, *said.span(), best.line, "事实是已经全部完成")
    return None


def leaves_open(line: Line) -> bool:
    """Tell whether a fact leaves something open: what a draft then says is not done is no lie."""
    return words("ongoing", "negated", "stopped", "some", "plan").search(line.text) is not None

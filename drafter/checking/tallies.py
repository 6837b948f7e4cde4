"""All, some or none told against what a fact counts: 均不属实 of 属实1起, 仍有3处 of 3处，修3处."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.ahead import alike
from drafter.checking.claimed import HAN, contradiction, words
from drafter.checking.context import Clause, Mention
from drafter.checking.factindex import Line
from drafter.checking.sources import synonymous
from drafter.domain import Finding

_ALL = "(?:全部|均已?|都已?|悉数|一律)(?:经|顺利|圆满|按期|如期|按时)?"
_ALL_NOT = re.compile(f"{_ALL}[不未没]({HAN}{{2}})$")
_ALL_ARE = re.compile(f"{_ALL}(?P<deed>{HAN}{{2}})(?P<more>{HAN}{{0,6}})$")
_ALL_HAVE = re.compile(f"{_ALL}(?:有|设有|建有|配有|具备)(?P<thing>{HAN}{{2,6}})$")
_LACKS = re.compile(f"(?:无|没有?|缺)(?P<thing>{HAN}{{2,4}}) ?$")
_NONE_DID = re.compile(f"(?:[均都]未|无一)(?P<deed>{HAN})")
_NOT_ONE = re.compile(f"一{HAN}[也都][没未]有?{HAN}{{0,2}}?(?P<deed>{HAN}{{2}})(?:起来|好|完|成)?$")
_STILL = re.compile(f"(?:仍|尚|还|依然|依旧|仍然)(?:有|存在)(?P<thing>{HAN}{{2,4}}?)(?:\\d|$)")
_SOME = re.compile(f"(?<![没未所])(?:有|存在|出现|收到|发现)(?P<thing>[不未]?{HAN}{{2,4}})$")
_A_FEW = re.compile(f"(?:几|多|数|若干|一)[处起件个次例](?P<thing>{HAN}{{2,4}})$")
_DEED = re.compile(f"(?:已经?)?({HAN}{{1,2}}?) ?$")
_NOT_SO = re.compile("留用|保留|缓|未|退回|驳回|关闭|剩|余|仍|尚|不|另")
_FRONT = re.compile(
    "(?:位居|排在|稳居|跻身|进入|走在|列)[^，。]{0,6}(?:前列|前茅|上游|前面)|名列前茅"
)
_FIRST = re.compile("领跑全|无出其右|拔得头筹|独占鳌头|居首位|位居榜首|高居榜首")
_PARTLY = re.compile(
    "大部分|大多数|部分(?=已|未|尚|仍|还|群众|村)|其中部分|中部分|个别|少数|一部分|有的[^，。]{1,6}有的|有[车户家人村项个][^，。]{0,3}未|只有少数"
)
_EACH = re.compile(
    "([户家村人件眼条处台棵株校车])\\1(?!寨)|无一遗漏|无一漏[^，。]|一个不落|一户不落"
)
_WITHOUT = re.compile(
    f"(?:没有?|未)(?:落实|配[备有]|安排|制定|明确|建立|有)?(?P<thing>{HAN}{{2,6}})$"
)
_NONE_IS = re.compile("没有?一[人个户家名位][是为](?P<what>[^，。；]{2,8})$")
_FULL = re.compile("(?:已经?)?(?:全部)?(?:住满|坐满|爆满|满员|占满|租满|停满)")
_TAKEN = re.compile("住|坐|在园|在院|在校|停放|租|占用|用")
_ONLY = re.compile(f"清一色(?:地|的|都)?(?:来自|出自|是|为)?(?P<what>{HAN}{{2,8}})")
_WHOLE_DONE = re.compile(f"(?:已经?|均|都|全部)?(?P<deed>{HAN}{{2}})(?:完毕|到位|完成|一空)")
_BAD = re.compile("死|损坏|干[井枯]|坏|停|空置|缺|未|没|不合格|闲置")
_ACTUAL = re.compile("实[^，。\\d]{0,2} ?$|已[^，。\\d]{1,3} ?$")
_DUE = re.compile("应[^，。\\d]{0,2} ?$|共 ?$")
_GOT = re.compile(f"(?:获得?|得到|陆续|先后)(?P<deed>{HAN}{{2}})$|时有发生|多次发生|频发|屡有发生")
_NONE_SAID = re.compile("未|没|无|零|不|0")
_MOSTLY = re.compile(
    f"(?:以|多数|大多)?(?P<part>{HAN}{{2,8}}?)(?:性的|的)?(?:为主|居多|占多数|占大头|拿大头)"
)
_FEW = re.compile(
    f"(?P<part>{HAN}{{2,8}}?)(?:的)?(?:只占|只是|仅占|仅是|只分得)(?:少数|小头|少部分)"
)
_PAIR = re.compile("[\u4e00-\u9fff]{2}")
_TWO = 2
_MANY = 10  # as many sheets as persons are no chance: 2140人，签订2140份
_SETTLED = re.compile(
    "已经?(?:全部)?(?:更正|改正|纠正|整改|修复|修好|解决|消除|化解|清理|处理|处置|补齐|补上|排除|办结)"
)
_CURED = re.compile("[修改销清结办治处补换拆停关]|解决|消除|化解|排除")
_BUT = re.compile("除.+外|其余|其他|余下|剩下|剩余")
_PART_OF_IT = re.compile("其中(?!已|全部)[\u4e00-\u9fff]{4}")  # 其中税收收入1984万元
_OPENED = ("ongoing", "negated", "stopped", "some", "plan")


def against_count(clause: Clause, line: Line) -> Finding | None:
    """Return a finding where a clause's all, some or none is at odds with what its fact counts."""
    apart = _BUT.search(clause.text)  # 除5人材料不全外均已发放
    found = (
        None
        if apart
        else _none_of_all(clause, line) or _all_not(clause, line) or _all_of_some(clause, line)
    )
    found = found or (None if apart else _all_have(clause, line))
    found = found or _none_are(clause, line) or _lacking(clause, line)
    found = found or _full(clause, line) or _only(clause, line)
    found = (
        found or _done_whole(clause, line) or _in_front(clause, line) or _some_of_all(clause, line)
    )
    found = found or (None if apart else _each_of_some(clause, line)) or _most(clause, line)
    return found or _still_there(clause, line) or _some_of_none(clause, line)


def _none_of_all(clause: Clause, line: Line) -> Finding | None:
    """均未达Ⅲ类 is at odds with 均达Ⅲ类, 无一入户 with 全部入户."""
    said = _NONE_DID.search(clause.text)
    if said and re.search(f"(?:均已?|都已?|全部|悉数)(?:实现)?{said['deed']}", line.text):
        return contradiction(clause, *said.span(), line, "事实正好相反")
    none = _NOT_ONE.search(clause.text)
    for done in line.mentions if none else ():
        same = none and any(word in done.before_text for word in alike(none["deed"]))
        if none and same and done.figure.low > 0 and not _NOT_SO.search(done.before_text):
            return contradiction(clause, *none.span(), line, "事实是已经做了")
    return None


def _none_are(clause: Clause, line: Line) -> Finding | None:
    """没有一人是90后 is at odds with 均为90后."""
    said = _NONE_IS.search(clause.text)
    if said and re.search(f"(?:均|都|全)[为是]{re.escape(said['what'])}", line.text):
        return contradiction(clause, *said.span(), line, "事实正好相反")
    return None


def _lacking(clause: Clause, line: Line) -> Finding | None:
    """还没有落实帮扶措施 is at odds with 均有帮扶措施."""
    said = _WITHOUT.search(clause.text)
    told = said and re.search(f"{_ALL}(?:有|落实|配[备有]|建立|制定){said['thing']}", line.text)
    return contradiction(clause, *said.span(), line, "事实正好相反") if said and told else None


def _full(clause: Clause, line: Line) -> Finding | None:
    """120张床位已经住满 is at odds with 床位120张，入住87人."""
    said = _FULL.search(clause.text)
    for place in line.mentions if said else ():
        taken = next((m for m in line.mentions if m.place == place.place + 1), None)
        room = taken and place.figure.text in clause.text and _TAKEN.search(taken.before_text)
        if said and taken and room and taken.figure.low < place.figure.low:
            return contradiction(clause, *said.span(), line, f"事实是{taken.figure.text}")
    return None


def _only(clause: Clause, line: Line) -> Finding | None:
    """清一色来自快递行业 is at odds with 工会5家，其中快递企业1家."""
    said = _ONLY.search(clause.text)
    for part in line.mentions[1:] if said else ():
        whole = line.mentions[0]
        same = part.figure.dimension == whole.figure.dimension
        named = said is not None and _pairs(part.before_text) & _pairs(said["what"])
        if said and same and named and 0 < part.figure.low < whole.figure.low:
            return contradiction(clause, *said.span(), line, f"事实只有{part.figure.text}")
    return None


def _done_whole(clause: Clause, line: Line) -> Finding | None:
    """8个违法图斑已经整改完毕 is at odds with 违法8个，整改5个."""
    said = _WHOLE_DONE.search(clause.text)
    for whole in line.mentions if said else ():
        if said is None or whole.figure.low < _TWO or not _counts(clause.text, whole):
            continue
        for part in line.mentions:
            before = part.before_text.strip()
            done = before.endswith(said["deed"]) and not _PART_OF_IT.match(before)
            same = part.figure.dimension == whole.figure.dimension and part.place > whole.place
            if _counts(clause.text, part):
                continue  # 28个问题中25个已整改完成
            if done and same and 0 < part.figure.low < whole.figure.low:
                return contradiction(clause, *said.span(), line, f"事实只有{part.figure.text}")
    return None


def _counts(text: str, whole: Mention) -> bool:
    return re.search(f"(?<![\\d.]){re.escape(whole.figure.text)}", text) is not None


def _all_have(clause: Clause, line: Line) -> Finding | None:
    """5个小区均有物业 is at odds with 小区5个，无物业2个."""
    said = _ALL_HAVE.search(clause.text)
    for part in line.mentions if said else ():
        lacks = _LACKS.search(part.before_text)
        if said and lacks and part.figure.low > 0 and said["thing"].startswith(lacks["thing"]):
            return contradiction(clause, *said.span(), line, "事实不是全部如此")
    return None


def _all_not(clause: Clause, line: Line) -> Finding | None:
    """均不属实 is at odds with 属实1起, where the fact does not count all as 不属实."""
    said = _ALL_NOT.search(clause.text)
    for part in line.mentions if said else ():
        if said and part.before_text.strip().endswith(said[1]) and part.figure.low > 0:
            denied = f"不{said[1]}" in line.text or f"未{said[1]}" in line.text
            if not denied:
                return contradiction(clause, *said.span(), line, "事实不是全部如此")
    return None


def _all_of_some(clause: Clause, line: Line) -> Finding | None:
    """14件全部调解成功 is at odds with 14件，调13件: a part with the deed's word is no whole."""
    said = _ALL_ARE.search(clause.text)
    if said is None or said["deed"] in clause.sentence.replace(clause.text, ""):
        return None
    if "100%" in line.text and re.search(f"{said['deed']}率?(?:达到?|为)?100%", line.text):
        return None
    for at, part in enumerate(line.mentions):
        if part.figure.text in clause.text or not _does(part, said["deed"]):
            continue
        kin = [m for m in line.mentions if m.figure.dimension == part.figure.dimension]
        if _more_than(part, kin, clause.text) and not _rest_too(line, at, said["deed"]):
            return contradiction(clause, *said.span(), line, "事实只是其中一部分")
    return None


def _more_than(part: Mention, kin: Sequence[Mention], said: str) -> bool:
    """Tell whether a fact counts more than a part: a whole, told or before it, or what is left."""
    earlier = [m for m in kin if m.place < part.place]
    if any(m.figure.low == part.figure.low for m in earlier):
        return False
    counted = set(re.findall(r"\d+", said))
    if any(m.figure.low > part.figure.low and str(m.figure.low) in counted for m in kin):
        return True
    rest = [m for m in kin if m.place > part.place and _NOT_SO.search(m.before_text)]
    sums = {str(part.figure.low + m.figure.low) for m in rest if m.figure.low}
    if rest and (not counted or sums & counted):
        return True
    return not counted and any(m.figure.low > part.figure.low for m in earlier)


def _does(part: Mention, deed: str) -> bool:
    """Tell whether the word beside a fact's figure is of a deed: 调13件 or 13件达标."""
    before = _DEED.search(part.before_text)
    behind = part.after_text.strip()
    if behind.startswith(deed):
        return True
    word = before[1] if before else ""
    if len(word) > 1 and word in alike(deed):
        return True
    return bool(word) and (word == deed or word[-1] == deed[0] or synonymous(word, deed))


def _rest_too(line: Line, at: int, deed: str) -> bool:
    """Tell whether a figure behind a part has the same deed: 当场改5处，限期改3处."""
    behind = line.mentions[at + 1 :]
    return any(_does(m, deed) for m in behind)


def _in_front(clause: Clause, line: Line) -> Finding | None:
    """位居全县前列 is at odds with 全县第16（共17）, or 倒数第4."""
    said = _FRONT.search(clause.text)
    told = said or _FIRST.search(clause.text)
    ranks = [m for m in line.mentions if m.figure.dimension == "rank"] if told else []
    for rank in ranks:
        behind = [m for m in line.mentions if m.place == rank.place + 1]
        total = behind[0].figure.low if behind and "共" in behind[0].before_text else None
        back = rank.before_text.rstrip().endswith("倒数")
        first = _FIRST.search(clause.text) if rank.figure.low > 1 else None
        if first and all(r.figure.low > 1 for r in ranks):
            return contradiction(clause, *first.span(), line, f"事实是{rank.figure.text}")
        if said and (back or (total and rank.figure.low * 2 > total)):
            return contradiction(clause, *said.span(), line, f"事实是{rank.figure.text}")
    return None


def _some_of_all(clause: Clause, line: Line) -> Finding | None:
    """部分已搬离 is at odds with 23户（其中已搬出23户）, 个别无证 with 33家，办证33家."""
    said = _PARTLY.search(clause.text)
    if said is None or words(*_OPENED).search(line.text):
        return None
    whole, *parts = line.mentions or (None,)
    as_many = whole is not None and any(
        m.figure.low == whole.figure.low
        and (m.figure.dimension == whole.figure.dimension or whole.figure.low >= _MANY)
        and m.figure.dimension.startswith("count:")
        and _DEED.search(m.before_text)
        for m in parts
    )
    each = re.search("人人有份|户户|全部|均已|都已|无一", line.text) is not None
    return contradiction(clause, *said.span(), line, "事实是全部") if as_many or each else None


def _most(clause: Clause, line: Line) -> Finding | None:
    """农户拿大头 is at odds with 归村集体60%，农户40%; the parts must make up a whole."""
    for said, most in ((_MOSTLY.search(clause.text), True), (_FEW.search(clause.text), False)):
        if said is None:
            continue
        for part in line.mentions:
            kin = [m for m in line.mentions if m.figure.dimension == part.figure.dimension]
            total = sum(m.figure.low for m in kin)
            parts = [m for m in kin if m.figure.low * 2 != total]  # without what they come to
            whole = len(parts) < len(kin) or (total == 1 and part.figure.dimension == "ratio")
            kin = parts if whole else []
            named = _pairs(part.before_text) & _pairs(said["part"])
            if part not in kin or len(kin) < _TWO or not named:
                continue
            first = part.figure.low == max(m.figure.low for m in kin)
            alone = not any(_pairs(m.before_text) & named for m in kin if m is not part)
            if alone and first != most:
                return contradiction(clause, *said.span(), line, "事实正好相反")
    return None


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if _PAIR.match(text, at)}


def _each_of_some(clause: Clause, line: Line) -> Finding | None:
    """眼眼见水 is at odds with 打井7眼，出水5眼，干井2眼; 无一遗漏 with 应检1870人，实检1402人."""
    said = _EACH.search(clause.text)
    if said is None or not line.mentions:
        return None
    whole = line.mentions[0]
    kin = [m for m in line.mentions[1:] if m.figure.dimension == whole.figure.dimension]
    bad = [m for m in kin if _BAD.search(m.before_text) and 0 < m.figure.low < whole.figure.low]
    lacking = [m for m in kin if _ACTUAL.search(m.before_text) and m.figure.low < whole.figure.low]
    due = _DUE.search(whole.before_text) is not None
    if bad or (due and lacking):
        return contradiction(clause, *said.span(), line, "事实不是全部如此")
    return None


def _still_there(clause: Clause, line: Line) -> Finding | None:
    """仍有漏损3处 is at odds with 漏损3处，修3处; 仍有错漏 with 错漏已更正."""
    said = _STILL.search(clause.text)
    at = line.text.find(said["thing"]) if said else -1
    if said is None or at < 0:
        return None
    behind = line.text[at + len(said["thing"]) :]
    if words(*_OPENED).search(behind):
        return None
    counts = [m for m in line.mentions if m.figure.start >= at]
    cured = len(counts) > 1 and counts[0].figure.low == counts[1].figure.low
    cured = cured and _CURED.search(counts[1].before_text) is not None
    settled = _SETTLED.match(behind.lstrip(" ，,：")) is not None
    if cured or settled:
        return contradiction(clause, *said.span(), line, "事实是已经解决")
    return None


def _done_of_none(clause: Clause, line: Line) -> Finding | None:
    """陆续获得批准 is at odds with 批准0人, 时有发生 with 森林火灾 0起."""
    said = _GOT.search(clause.text)
    if said is None or _NONE_SAID.search(clause.text):
        return None
    for none in (m for m in line.mentions if m.figure.low == 0 == m.figure.high):
        named = re.split("[ ：:，]+", none.before_text.strip(" ：:，"))[-1]
        met = len(named) > 1 and named[-2:] in clause.text and not said["deed"]
        if met or (said["deed"] and said["deed"] == named):
            return contradiction(clause, *said.span(), line, "事实是没有")
    return None


def _some_of_none(clause: Clause, line: Line) -> Finding | None:
    """有不满意票 is at odds with 不满意 0票."""
    if found := _done_of_none(clause, line):
        return found
    said = _SOME.search(clause.text) or _A_FEW.search(clause.text)
    before = clause.text[: said.start()] if said else ""
    if said is None or words("plan", "negated").search(before) or _NONE_SAID.search(before):
        return None
    for none in (m for m in line.mentions if m.figure.low == 0 == m.figure.high) if said else ():
        named = re.split("[ ：:，]+", none.before_text.strip(" ：:，"))[-1]
        whole = said["thing"].startswith(named[-4:]) or named.endswith(said["thing"])
        if len(named) > 1 and whole:
            return contradiction(clause, *said.span(), line, "事实是没有")
    return None

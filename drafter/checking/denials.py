"""Denials: nothing happened against a case, not done against done, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.ahead import alike
from drafter.checking.claimed import FIGURE, HAN, contradiction, words
from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.leftopen import leaves_open, numbers_in
from drafter.checking.sources import kin_words, synonymous
from drafter.domain import Finding

NO_CASE = re.compile(
    f"(?:(?:未|没有|没|无|零)(?:再|一)?{HAN}{{0,4}}?(?:发生|出现|出过|接到|发现|检出|造成|收到|引发|产生|受)"
    "|没有(?!完|办|做|建|开|通过)|杜绝|无一|[无没](?=[\u4e00-\u9fff]{0,6}(?:事|案|情|访|伤|亡|处分|问题|逾期|投诉|欠|异议|脱岗|缺岗|漏岗|空岗|缺席|违纪))"
    f"|零(?=[\u4e00-\u9fff]{{0,2}}(?:事|案|访|伤|亡|点|投诉|差评|超时|失误|脱管|漏管|逾期|感染|复发|返贫|退|辍|差错|遗漏|违)))(?P<thing>{HAN}{{2,14}})"
)
_NOTHING = re.compile(f"(?P<thing>{HAN}{{2,10}})(?:零发生|零发现|零报告|为零|零增长|零事故)")
_LIMITED = re.compile(
    "较大|重大|特大|亡人|群体性|有影响|夺走|致[人死]|责任|恶性|及以上|新增|新的|系统性|规模性"
)
_HAPPENED = re.compile(
    "发生|出[现了过]|接到|暴露|存在|造成|受到?|发现|查出|扣[了\\d]|缺[席勤]|辍学|坏了|给予|逾期|不合格|受伤|超标"
)
_DENIAL = re.compile(
    f"(?:尚?未|没有|没|(?<!不)不(?!规范|合理|文明|合格|达标|作为|稳定|安全|放心)|无)(?!发生|出现|接到|发现|造成|得不|仅|断|少|同)({HAN}{{2}})"
)
_DENIED_BEFORE = re.compile("未|没|不|尚|无|零|待|正|拟|将|争取|确保|防|避免|杜绝|解决")
_GENERAL_TAIL = re.compile("(?:案件|事故|事件|情况|现象|问题|样品|产品|行为|情形)$")
_ZERO = re.compile(r"(?<![\d.])0(?![\d.])")
_MET = re.compile("造成|发现|查获|铲除|发生|出现|查处|接到|提出|存在|收到")
_PASSIVE = re.compile("[被受因]|出现|发生")
_NEGATED = re.compile("不[\u4e00-\u9fff]{2}")  # 没有一件评价为不满意
_REMAINDER = re.compile("(?:剩余|其余|余下|剩下|还剩|还有|尚有|仍有|另有)")
_CASES = re.compile(f"({HAN}{{2,8}}?) ?[1-9]\\d* ?[起例]")
_NOT_NOW = re.compile("[上去]年|同期|减少|下降|避免|防止")
_STEM = 3
_RESUMED = re.compile("复[工产业课]|恢复|重启|重新开|已解决")
_ZERO_SAID = re.compile("零(?:发生|报告|事故|案件)")
_LOOKED_FOR = re.compile("(?:排查|检查|巡查|摸排|宣传|演练|培训|防范) ?\\d+ ?[次场期轮]")
_NONE_DEAD = re.compile("亡人?数? ?0(?![\\d.])|[无零](?:死|伤)?亡")
_GRAVE = re.compile(
    "较大|重大|特大|亡人|群体性|恶性|系统性|规模性|区域性"
)  # 无重大事故，一般事故2起
_WHERE = re.compile(
    f"(?:(?:均|都|全部|全)(?:集中|分布|[设建位落])?|集中|分布|散落|分散)[在于]({HAN}{{2,8}})"
)
_ALL_CAME = re.compile(f"(?:均|都|全部|一律)({HAN}{{2,4}})$")
_NUMBERS = re.compile("\\d+")
_LACKING = re.compile(f"[无没]有?({HAN}{{2,6}})(?=$|[，,；;。、）])")
_WORKED_FOR = re.compile("(?:早日?|尽早|尽快|加快|力促|促进?|催)$")
_RULE = re.compile("为(?:例外|常态)$")  # 以公开为常态、不公开为例外
_THOSE_LEFT = re.compile("[未没不]有?[\u4e00-\u9fff]{2,4}的(?:只|仅|还|有|为|尚|共)")
_DUE = re.compile("应[\u4e00-\u9fff]{1,4} ?$")
_HAVE = re.compile("[已实][\u4e00-\u9fff]{1,4} ?$")
_PIECES = re.compile("[，,；;。]|\\s+(?=[\u4e00-\u9fff]{2})")  # 森林火灾1起 过火4.5亩 无伤亡
_DENIED_BEHIND = re.compile(  # 欺诈骗保 没发现
    f"({HAN}{{2,10}})[ ：:]*(?:没有?|未|零)(?:发现|发生|出现|接到|报告)(?=$|[，,；;。 ])"
)
_NOT_THIS = re.compile(f"(?:不是|并非|不属于)({HAN}{{2,8}}?)(?=$|[，,。；;、（）\\s])")
_UNDONE = re.compile(f"(?:未|没有?)({HAN}{{2}})({HAN}{{2,6}})(?=$|[，,。；;\\s])")
_WITHOUT_IT = re.compile("没有[^，]{2,10}，就没有|没有[^，]{2,10}，何来|没有[^，]{2,10}就没有")
_NONE_OF = re.compile(f"({HAN}{{2}})(?P<deed>{HAN}{{2}})(?<![\\d.])0[个件户处人次家]")


def denied_thing(clause: Clause, line: Line) -> Finding | None:
    """Return a finding where a fact denies the very thing that the draft names.

    不是集体企业 denies what it is, 未检查化工厂 that it had its share, 干部认领0个 who did it.
    """
    if _DENIED_BEFORE.search(clause.text) or _ZERO.search(clause.text):
        return None
    named = [m[1] for m in _NOT_THIS.finditer(line.text)]
    named += [
        m[2]
        for m in _UNDONE.finditer(line.text)
        if m[1] in clause.text and not FIGURE.search(_piece_at(line.text, m.start()))
    ]
    named += [m[1] for m in _NONE_OF.finditer(line.text) if m["deed"] in clause.text]
    for thing in named:
        at = clause.text.find(thing)
        if at >= 0:
            return contradiction(clause, at, at + len(thing), line, "事实是没有")
    return None


def denied_case(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where the draft says that nothing happened and a fact has a case of it."""
    said = NO_CASE.search(clause.text) or _NOTHING.search(clause.text)
    if said and _WITHOUT_IT.search(clause.sentence):
        return None
    if said and (line := _counts_them(said["thing"], clause, bindings)):
        return contradiction(clause, *said.span(), line, "事实是有")
    if not said or FIGURE.search(clause.text.replace(said[0], "")):
        return None
    limits = [*_LIMITED.findall(said["thing"]), *_NEGATED.findall(said["thing"])]
    stem = said["thing"][:_STEM]
    none = (b.line.text.partition(stem)[2].lstrip() for b in bindings if stem in b.line.text)
    if any(_ZERO.match(behind) for behind in none):
        return None  # 不合格0
    for binding in bindings:
        if _denies_too(binding.line.text, said["thing"]):
            continue
        for piece in _PIECES.split(binding.line.text):
            if all(limit in piece for limit in limits) and _is_case(
                piece, said["thing"], binding.line
            ):
                return contradiction(clause, said.start(), said.end(), binding.line, "事实是发生过")
    return None


def counted_case(clause: Clause, index: FactIndex) -> Finding | None:
    """Return a finding where nothing of a kind happened and any fact counts it: 荒火1起."""
    said = NO_CASE.search(clause.text) or _NOTHING.search(clause.text)
    if not said or FIGURE.search(clause.text) or _LIMITED.search(said[0]):
        return None
    kin = kin_words(said["thing"])
    for line in (ln for ln in index.lines if kin and _CASES.search(ln.text)):
        cases = (
            m for m in _CASES.finditer(line.text) if not _NOT_NOW.search(line.text, 0, m.end())
        )
        case = any(m[1].endswith(tuple(kin)) for m in cases)
        if case and not _denies_too(line.text, said["thing"]):
            return contradiction(clause, said.start(), said.end(), line, "事实是发生过")
    return None


def elsewhere(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where what a fact has in one place is told to be in another one.

    剩余8处均在餐饮场所 for 剩8处均在居民户家中.
    """
    said = _WHERE.search(clause.text)
    text = bindings[0].line.text
    only, told = len(_WHERE.findall(text)) == 1, set(_NUMBERS.findall(text))
    for piece in _PIECES.split(text) if said else ():
        place = _WHERE.search(piece)
        numbers = set(_NUMBERS.findall(clause.text))
        same = numbers == set(_NUMBERS.findall(piece)) or (only and numbers <= told)
        if said and place and same and not set(said[1]) & set(place[1]):
            why = f"事实是在{place[1]}"
            return contradiction(clause, *said.span(1), bindings[0].line, why)
    return None


def of_one_part(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where all are said to have come out as a fact says of one part of them.

    均不属实 for 举报线索3条：2条查否，1条移送公安局.
    """
    said = _ALL_CAME.search(clause.text)
    line = bindings[0].line
    for at, whole in enumerate(line.mentions) if said else ():
        kin = [m for m in line.mentions[at + 1 :] if m.figure.dimension == whole.figure.dimension]
        parted = len(kin) > 1 and sum(m.figure.low for m in kin) == whole.figure.low
        same = [m for m in kin if _same_end(said[1], m.after_text)] if said and parted else []
        if said and len(same) == 1:
            return contradiction(clause, *said.span(), line, "事实只是其中一部分")
    return None


def _same_end(said: str, fact: str) -> bool:
    """Tell whether a part came out as is said of all: 不成立, or 查否 for 不属实."""
    return fact.strip(" 件条起").startswith(said) or synonymous(said, fact)


def affirmed_case(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where the draft tells of a case and its fact says that there was none."""
    told = _MET.search(clause.text)
    if told is None or NO_CASE.search(clause.text) or _DENIED_BEFORE.search(clause.text):
        return None
    for none in NO_CASE.finditer(bindings[0].line.text):
        thing = none["thing"]
        at = next((clause.text.find(thing[i : i + 2]) for i in range(len(thing) - 1)), -1)
        if at > told.start():
            end = at + 2
            return contradiction(clause, told.start(), end, bindings[0].line, "事实是没有发生")
    return None


def _denies_too(text: str, thing: str) -> bool:
    """Tell whether a fact says as well that nothing of the kind happened: 没发现假劣农资."""
    tails = {tail for tail in (thing[-2:], thing[-3:-1]) if tail}
    begun = [said[1] for said in _LACKING.finditer(text)]
    if any(thing.startswith(said) for said in begun):
        return True  # 没有红色预警 of 橙色6、黄色15，无红色
    grave = _LIMITED.search(thing) is not None
    denied = [
        said["thing"] for said in NO_CASE.finditer(text) if grave or not _GRAVE.match(said["thing"])
    ]
    behind = [said[1] for said in _DENIED_BEHIND.finditer(text)]
    bare = _GENERAL_TAIL.sub("", thing)[-2:]
    return any(tail in one for one in denied for tail in tails) or any(bare in b for b in behind)


def _counts_them(thing: str, clause: Clause, bindings: Sequence[Binding]) -> Line | None:
    """Return the fact that counts what a clause denies: 4300亩无一受旱 of 受旱 4300亩."""
    for number in _NUMBERS.findall(clause.text):
        counted = re.compile(f"{thing} ?{number}(?![\\d.])")
        for binding in bindings:
            if counted.search(binding.line.text) and not _DENIED_BEFORE.search(binding.line.text):
                return binding.line
    return None


def _is_case(piece: str, thing: str, line: Line) -> bool:
    """Tell whether a piece of a fact tells of a case of what the draft says did not happen."""
    if thing.startswith(("不", "未")) and thing[:_STEM] not in piece:
        return False  # 没有不满意件 of 满意31件
    counted = any(m.figure.low > 0 and m.figure.text in piece for m in line.mentions)
    pairs = {thing[i : i + 2] for i in range(len(thing) - 1)}
    core = _GENERAL_TAIL.sub("", thing)
    if "亡" in thing and _NONE_DEAD.search(piece):
        return False  # 未发生死亡事故 of 事故8起 亡0伤5
    if _ZERO_SAID.search(line.text) or _LOOKED_FOR.search(piece):
        return False  # 校园欺凌排查 4次 零发生
    none = "(?:[零无]|没有){0}|{0}[^，、\\d]{{0,3}}0(?![\\d.])"
    if any(re.search(none.format(pair), piece) for pair in pairs if pair in piece):
        return False
    if synonymous(thing, piece) and _HAPPENED.search(piece):
        return not NO_CASE.search(piece)
    tails = {thing[-2:], thing[-3:-1]} if len(thing) > 2 else pairs
    tails |= {core} if core != thing and len(core) > 1 else set()  # 被骗 of 被骗案件
    same = any(tail in piece for tail in tails) and (counted or _HAPPENED.search(piece))
    kin = counted and _HAPPENED.search(piece) and set(thing) & set(piece) - set("事的人一发生出现")
    if NO_CASE.search(piece) or _NOTHING.search(piece):
        return False
    return bool(same or kin)


def denied_word(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where a fact denies what the draft says, or the other way round."""
    best = bindings[0]
    if words("plan").search(clause.text):
        return None
    if _REMAINDER.match(clause.text) or "答卷" in clause.text or _RULE.search(clause.text):
        return None
    return _denied_by_fact(clause, best) or _denied_by_draft(clause, best)


def _denied_by_fact(clause: Clause, best: Binding) -> Finding | None:
    counted = FIGURE.search(clause.text) is not None
    for match in _DENIAL.finditer(best.segment):
        if counted and FIGURE.search(_piece_at(best.segment, match.start())):
            continue
        if match[1] in _DENIAL.sub(" ", best.line.text) or _of_longer(match, clause):
            continue
        for said in re.finditer(re.escape(match[1]), clause.text):
            if re.search(f"[无没未不]有?{match[1]}", clause.sentence):
                continue  # 物业管理不留空白，十一个没有物业的楼院
            if not _DENIED_BEFORE.search(clause.text[: said.start()] + _purpose(clause, said)):
                return contradiction(clause, *said.span(), best.line, "事实是没有")
    return None


def _denied_by_draft(clause: Clause, best: Binding) -> Finding | None:
    numbers = numbers_in(clause.text)
    for match in _DENIAL.finditer(clause.text):
        resumed = _RESUMED.search(match[1]) is not None
        if any(m.figure.low == 0 for m in best.line.mentions):
            continue
        if leaves_open(best.line) and not resumed:
            continue
        if _THOSE_LEFT.match(clause.text, match.start()):
            continue  # 未参加的只有五六十人
        if _PASSIVE.match(clause.text, match.end()):
            continue  # 没有干部被立案 denies no 干部
        found = (best.segment.find(deed) for deed in (match[1], *alike(match[1])))
        at = next((place for place in found if place >= 0), -1)
        text = _piece_at(best.segment, at) if at >= 0 else ""
        piece = set(_NUMBERS.findall(text))
        told = not piece and "已" in text and numbers <= set(_NUMBERS.findall(best.line.text))
        if (
            numbers
            and not told
            and not (numbers & piece and numbers <= set(_NUMBERS.findall(best.line.text)))
        ):
            continue
        partly = at >= 0 and (_partly(best.line, match[1]) or _found_nothing(best.segment, at))
        if at >= 0 and not partly and not _DENIED_BEFORE.search(best.segment[:at]):
            return contradiction(clause, *match.span(), best.line, "事实正好相反")
    return None


def _found_nothing(segment: str, at: int) -> bool:
    """Tell whether a deed found nothing: 没有勘探出古墓葬 of 勘探未发现古墓葬."""
    none = NO_CASE.search(segment, at)
    return none is not None and none.start() - at <= _STEM


def _of_longer(denied: re.Match[str], clause: Clause) -> bool:
    """Tell whether what a fact has not is longer than its first word: 无数据造假 lacks no 数据."""
    behind = denied.string[denied.end() : denied.end() + 2]
    return (
        denied[0].startswith("无")
        and bool(re.fullmatch(f"{HAN}{{2}}", behind))
        and (behind not in clause.text)
    )


def _purpose(clause: Clause, said: re.Match[str]) -> str:
    """Return 将 where a word only tells what is worked for: 推动早开工、早见效."""
    return "将" if _WORKED_FOR.search(clause.text, 0, said.start()) else ""


def _partly(line: Line, deed: str) -> bool:
    """Tell whether a fact has a deed done for a part only (168件，办结151件) or still under way."""
    if re.search(f"[等在待][^，。；]{{0,4}}{deed}|{deed}[^，。；]*\\d[^，。；\\d]*中", line.text):
        return True
    due = [m for m in line.mentions if _DUE.search(m.before_text)]
    kin = [m for m in line.mentions if any(m.figure.dimension == d.figure.dimension for d in due)]
    if any(_HAVE.search(m.before_text) and m.figure.low < due[0].figure.low for m in kin):
        return True  # 千余人尚未缴费 of 应参保28400人 已缴27264人
    for done in (m for m in line.mentions if deed in m.before_text):
        for whole in line.mentions[: done.place - line.mentions[0].place]:
            same = whole.figure.dimension == done.figure.dimension
            if same and whole.figure.low > done.figure.low:
                return True
    return False


def _piece_at(text: str, at: int) -> str:
    """Return the stretch between commas that an offset lies in."""
    start = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    return re.split("[，,；;。]", text[start:])[0]

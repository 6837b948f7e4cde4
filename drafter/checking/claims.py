"""Claims that live on a name: honours, praise from above, levels, editions, congresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.fuzz import ratio

from drafter.checking.context import Clause, Mention
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.sources import Donor, bare, donor_of
from drafter.chinese.numerals import parse_number
from drafter.domain import Evidence, Finding

_AWARD = re.compile(
    r"(?:被(?:[^，。；、]{0,12}?)(?:评为|评定为|授予|命名为|认定为|表彰为|确定为|列为|评选为|推荐为)|荣获|获评|获得|喜获|荣膺|摘得|斩获|入选|创成|创建成为|捧回|获(?=[省市县全国]))(?:了)?"
    r"(?P<what>[^，。；\n]{2,30})"
)
_CANDIDATE = re.compile("候选|提名|入围|初评|推荐对象|培育对象|创建对象|后备")
_HONOUR = re.compile(
    r"先进|优秀|模范|示范|文明|标兵|红旗|称号|荣誉|[一二三特]等奖|金奖|银奖|铜奖|优胜|第[一二三]名|冠军|亚军|红榜|最美|百强|十佳|十强|卫生[村镇乡]|单位|集体|个人|青年文明号|五[好星]|示范[村镇点户]|奖$|奖牌(?![\d一二两三四五六七八九十])|锦旗|殊荣"
)
_TITLED = re.compile(
    "(?:评为|评定为|授予|命名为|认定为|表彰为|评选为|荣获|获评|荣膺|创成).{0,3}(?:国家|部|省|市|州|县|区|镇)级?"
)
_PRAISE = re.compile(
    r"(?:受到|得到|获得|获|赢得)(?P<by>[^，。；]{0,14}?)(?:的)?(?:通报表扬|通报嘉奖|通报表彰|书面表扬|表彰|嘉奖|批示肯定|肯定性批示|表扬|点名表扬)"
)
_BODY = "[\u4e00-\u9fff]{2,8}(?:局|厅|办|委|部|馆|院|校|队|中心)"
_AWARDED = "[\u4e00-\u9fff]{2,10}(?:集体|先进单位|示范单位|窗口|标兵)"
_LEVEL = re.compile(
    "|".join(
        (
            "国家级|部级|[省市州县区镇乡村]级|全[国省市州县区]",
            r"中央(?=财政|补助|资金|预算|投资|奖补|\s?\d)|(?<![\u4e00-\u9fff])[省市县](?=\s?\d)",
            "(?:[省市州县区]委(?:、|和)?)(?:[省市州县区](?:人民)?政府)?|[省市州县区](?:人民)?政府",
            rf"(?<![\u4e00-\u9fff])[省市县](?={_BODY})|[省市县](?=[“\"]|{_AWARDED})",
            f"(?<=[赴在到往由与经受获被接来从向请])[省市县](?={_BODY})",
        )
    )
)
_HIGH = 5
_REACHED = re.compile(
    "(?:跻身|入选|晋级|获评|评为|荣获|获得|创成|通过|列入|纳入|摘得|获批|升格为)[^，。；]{0,6}$"
)
_TIERS = (("国中部", 6), ("省", 5), ("市州", 4), ("县区", 3), ("镇乡", 2), ("村", 1))
_TIER = {char: tier for chars, tier in _TIERS for char in chars}
_EDITION = re.compile(
    r"第(?P<n>[一二三四五六七八九十百\d]{1,4})(?P<what>届|卷|批次?|轮|期|版|季|次(?!产业)|站|个(?=[“《]))|(?P<first>首届|首次|首批|首轮|首期|首个|首家|首场)"
)
_NOT_EDITION = re.compile(
    r"第[一二三]次(?:产业|分配|创业)|第一批次?(?=主题教育)|首次公开|第一次全体|首批次"
)
_CONGRESS = re.compile(
    r"(?:党的)?(?P<core>(?:十[八九]|二十)(?:大(?!以来|[^精报和、，。；及]))"
    r"|(?:十[八九]|二十)届(?:[一二三四五六七]中|历次)全会"
    r"|[省市县区]委[一二三四五六七八九十]+届[一二三四五六七八九十]+次全会"
    r"|[省市县区镇乡]第[一二三四五六七八九十]+次(?:党代会|代表大会|党员代表大会))(?:精神|报告)?"
)
_EVENT = re.compile(
    r"(?:举办|举行|开展|组织)(?:了)?(?P<what>[\u4e00-\u9fff]{2,8}?(?:比赛|大赛|竞赛|联赛|会演|晚会))"
)
_GRADE = re.compile("\\dA|[一二三四五\\d](?=星级?|等奖)|[一二三]级(?=达标|单位|乡镇)")
_SESSION = re.compile(
    "([一二三四五六七八九十]+)届(人大|党代会|[\u4e00-\u9fff]{0,4}?)([一二三四五六七八九十]+)次(?:全体)?会议"
)
_MEDALS = re.compile("\\d+(?:枚|[金银铜])")  # 5金7银4铜: the figures are judged, no honour
_LEVEL_OF = re.compile("(国家级|[省市县镇乡]级)(?P<thing>[\u4e00-\u9fff]{2,8}) ?$")
_BARE_LEVEL = re.compile("(国家级|[省市县镇乡]级)(?P<thing>) ?$")  # 书香家庭 镇级20户
_LEAST = 0.34
_SHORTEST = 2
_ABOVE = re.compile("[省市县镇乡]级及?以上(?=[\u4e00-\u9fff]{2})")
_OF_LEVEL = re.compile("([省市县镇乡])级?")
_TITLE_OF_LEVEL = re.compile("([国省市县镇乡])家?级 ?“([^”]{2,12})”")
_WHO = re.compile("(?:教师|医生|党员|干部|家庭|企业|个人|单位|集体)$")
_TAIL = 4
_NOUN = 2
_STRONG = re.compile("荣获|获评|荣膺|.{0,14}(?:评为|评定为|授予|命名为|认定为)")


def check_levels(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield the levels that a counted honour has in a draft and its fact has not: 省级卫生村5个."""
    for mention in mentions:
        source = sources.get(mention.figure.start)
        ours = _LEVEL_OF.search(mention.before_text) if source else None
        theirs = _LEVEL_OF.search(source.before_text) if source else None
        theirs = theirs or (_BARE_LEVEL.search(source.before_text) if source else None)
        if source and ours and theirs and ours[0] != theirs[0]:
            line = index.lines[source.line]
            start = mention.figure.start - len(mention.before_text) + ours.start()
            thing = theirs["thing"] or line.text.partition(theirs[1])[0].strip(" ：:（(")
            if ours[1] not in line.text and ours["thing"][-2:] == thing[-2:]:
                message = (
                    f"“{ours[1]}”与事实{line.fact_id}“{line.text}”不一致，事实是“{theirs[1]}”。"
                )
                span = (start, start + len(ours[1]), ours[1])
                yield Finding(*span, "wrong_entity", "block", message, theirs[1], (line.fact_id,))


class Claims:
    """Judges honours, levels, editions and congresses against the facts of one job."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._index = index
        self._donors = donors
        self._editions = {_edition(m) for m in _EDITION.finditer(index.text)}
        self._titles: dict[str, dict[str, Line]] = {}  # by quoted title, the facts of its levels
        for line in index.lines:
            for match in _TITLE_OF_LEVEL.finditer(line.text):
                self._titles.setdefault(match[2], {})[match[1]] = line
        self._events_held = [
            (m["what"], line.fact_id) for line in index.lines for m in _EVENT.finditer(line.text)
        ]

    def check(self, clauses: Sequence[Clause]) -> tuple[list[Finding], list[Evidence]]:
        """Return findings on and evidence for the honours, levels and congresses of a text."""
        found: list[Finding] = []
        evidence: list[Evidence] = []
        for clause in clauses:
            honours = self._honours(clause)
            evidence += self._seen(clause, honours)
            found += honours
            found += self._levels(clause)
            found += self._levels_of_titles(clause)
            found += self._edition_claims(clause)
            found += self._congresses(clause)
            found += self._events(clause)
            found += self._sessions(clause)
        return found, evidence

    def _seen(self, clause: Clause, honours: Sequence[Finding]) -> Iterator[Evidence]:
        """Yield the evidence for an honour: the facts that have it, or that none has."""
        for finding in honours:
            start, end, ids = finding.start, finding.end, finding.fact_ids
            yield Evidence(start, end, finding.text, "honour", "unsupported", ids)
        award = None if honours else _AWARD.search(clause.text)
        if award and _HONOUR.search(award["what"]):
            what = bare(award["what"])
            ids = tuple(line.fact_id for line in self._index.lines if what in bare(line.text))
            start, end = clause.start + award.start("what"), clause.start + award.end("what")
            yield Evidence(start, end, award["what"], "honour", "exact" if ids else "equal", ids)

    # ------------------------------------------------------------------ honours

    def _honours(self, clause: Clause) -> list[Finding]:
        praise = _PRAISE.search(clause.text)
        if praise and not re.search("表扬|表彰|嘉奖|肯定|先进|优秀", self._index.text):
            return [self._praise(clause, praise)]
        award = _AWARD.search(clause.text)
        if award is None:
            return []
        what = re.sub(
            r"(?:等)?(?:荣誉)?(?:称号|荣誉)$|的?(?:牌子|牌匾|匾额|奖牌|桂冠)$",
            "",
            award["what"].strip("“”"),
        )
        if not _CANDIDATE.search(clause.text) and self._only_candidate(what):
            start, end = award.span()
            return [self._honour(award[0], clause.start + start, clause.start + end)]
        honour = _HONOUR.search(award["what"]) or _TITLED.search(award[0])
        if _MEDALS.match(what) or (not honour and not _STRONG.match(award[0])):
            return []
        if self._has(what):
            return []
        start = clause.start + award.start("what")
        first, last = self._differing(award["what"])
        return [self._honour(award["what"][first:last], start + first, start + last)]

    def _differing(self, what: str) -> tuple[int, int]:
        """Return where an honour differs from the facts' nearest one, all of it where none is."""
        for line in self._index.lines:
            for size in range(len(what) - 1, 3, -1):
                if what[-size:] in line.text and _HONOUR.search(what[-size:]):
                    return 0, max(len(what) - size, _SHORTEST)
                if what[:size] in line.text and len(what) - size <= _TAIL:
                    return size, len(what)
        return 0, len(what)

    def _only_candidate(self, what: str) -> bool:
        """Tell whether every fact that has an honour has it of a candidate: 入选“好人榜”候选人."""
        wanted = bare(what)
        told = [bare(line.text) for line in self._index.lines] if wanted else []
        behind = [text.partition(wanted)[2] for text in told if wanted in text]
        return bool(behind) and all(_CANDIDATE.match(rest) for rest in behind)

    def _has(self, what: str) -> bool:
        wanted, grades = bare(what), set(_GRADE.findall(what))
        if wanted in self._index.bare:
            return True
        above = _ABOVE.match(wanted)
        if above and wanted[above.end() :] in self._index.bare:
            return True  # 县级以上文明村 of 文明村 县级6 市级2
        tier = _tiers(what)
        for line in self._index.lines:
            theirs = bare(line.text)
            pairs = {wanted[i : i + 2] for i in range(len(wanted) - 1)}
            held = sum(pair in theirs for pair in pairs) / max(len(pairs), 1)
            levels = _tiers(line.text)
            level = _OF_LEVEL.match(wanted)
            if level and level[1] in theirs and _WHO.sub("", wanted[level.end() :]) in theirs:
                return True  # 县二等奖 of 县评 二等奖, 市级骨干教师 of 王老师 市级骨干
            rest = re.escape(wanted[level.end() :]) if level else ""
            other = re.search(f"([国省市县镇乡])级?{rest}", theirs) if rest else None
            if level and other and other[1] != level[1]:
                continue  # 市优秀教师 of 县优秀教师
            graded = grades <= set(_GRADE.findall(line.text))
            if held >= 0.75 and graded and (not tier or not levels or tier & levels):
                return True
        return False

    def _honour(self, what: str, start: int, end: int) -> Finding:
        near = max(self._index.lines, key=lambda ln: ratio(bare(ln.text), bare(what)), default=None)
        close = near is not None and _HONOUR.search(near.text) and ratio(near.text, what) > 45
        sample = donor_of(what, self._donors)
        if near is not None and close:
            message = f"“{what}”与事实{near.fact_id}“{near.text}”不一致。"
            return Finding(start, end, what, "wrong_entity", "block", message, "", (near.fact_id,))
        if sample:
            message = f"“{what}”是样本“{sample}”里的荣誉，事实清单中没有。"
            return Finding(start, end, what, "leaked_from_sample", "block", message, "", (), sample)
        message = f"事实清单中没有“{what}”这一荣誉，请核实。"
        return Finding(start, end, what, "wrong_entity", "block", message)

    def _praise(self, clause: Clause, match: re.Match[str]) -> Finding:
        blamed = re.search("批评|问责|约谈|曝光", self._index.text)
        label = "contradiction" if blamed else "wrong_entity"
        why = f"，事实中说的是“{blamed[0]}”" if blamed else ""
        start = clause.start + match.start()
        message = f"事实清单中没有“{match[0]}”的依据{why}，请核实。"
        return Finding(start, clause.start + match.end(), match[0], label, "block", message)

    # ------------------------------------------------------------------ levels

    def _levels(self, clause: Clause) -> list[Finding]:
        said = list(_merged(clause.text))
        if not said:
            return []
        bindings = self._index.bind(clause.grams, _LEAST)[:2]
        if not bindings:
            return []
        theirs = {t for b in bindings for t in _tiers(b.line.text)}
        award = _AWARD.search(clause.text)
        if not theirs:
            return list(self._unheard(clause, said))
        if not theirs - {1, 2} or (award and _HONOUR.search(award["what"])):
            return []
        line = bindings[0].line
        ids, found = (line.fact_id,), []
        for start, end, tiers in said:
            if max(tiers) >= 3 and not tiers & theirs:
                term = clause.text[start:end]
                if f"{term[0]}{clause.text[end : end + _NOUN]}" in line.text:
                    continue  # 县级配套资金 of 县配套
                message = f"“{term}”的层级与事实{line.fact_id}“{line.text}”不一致。"
                span = (clause.start + start, clause.start + end, term)
                found.append(Finding(*span, "wrong_entity", "block", message, "", ids))
        return found

    def _unheard(
        self, clause: Clause, said: Sequence[tuple[int, int, set[int]]]
    ) -> Iterator[Finding]:
        """Yield a high level that something reached, of which no fact says a word: 跻身省级."""
        for start, end, tiers in said:
            chars = next((chars for chars, tier in _TIERS if tier in tiers), "")
            reached = _REACHED.search(clause.text[:start])
            if max(tiers) < _HIGH or not reached or any(c in self._index.text for c in chars):
                continue
            term = clause.text[start:end]
            message = f"事实清单中没有“{term}”的依据，请核实。"
            yield Finding(
                clause.start + start, clause.start + end, term, "wrong_entity", "block", message
            )

    def _levels_of_titles(self, clause: Clause) -> Iterator[Finding]:
        """Yield the levels that quoted titles have in no fact: 市级“平安乡镇” of 县级“平安乡镇”."""
        for match in _TITLE_OF_LEVEL.finditer(clause.text):
            theirs = self._titles.get(match[2], {})
            if theirs and match[1] not in theirs:
                level, line = next(iter(theirs.items()))
                start, end = match.span()
                message = (
                    f"“{match[0]}”与事实{line.fact_id}“{line.text}”不一致，事实是“{level}”级。"
                )
                span = (clause.start + start, clause.start + end, match[0])
                yield Finding(*span, "wrong_entity", "block", message, "", (line.fact_id,))

    # ------------------------------------------------------------------ editions

    def _edition_claims(self, clause: Clause) -> Iterator[Finding]:
        for match in _EDITION.finditer(clause.text):
            key = _edition(match)
            if key in self._editions or _NOT_EDITION.match(clause.text, match.start()):
                continue
            rival = self._rival_edition(clause, key)
            if not rival and (key[1] not in ("届", "卷") or match["first"]):
                continue
            text, span = match[0], (clause.start + match.start(), clause.start + match.end())
            label = "contradiction" if match["first"] or key[0] == 1 else "altered_number"
            fact_id, fix = rival or ("", "")
            ids = (fact_id,) if rival else ()
            message = f"“{text}”没有事实依据，请核实。"
            message = f"“{text}”与事实{fact_id}的“{fix}”不一致。" if rival else message
            yield Finding(*span, text, label, "block", message, fix, ids)

    def _rival_edition(self, clause: Clause, key: tuple[int, str]) -> tuple[str, str] | None:
        for binding in self._index.bind(clause.grams, 0.25)[:2]:
            for match in _EDITION.finditer(binding.line.text):
                other = _edition(match)
                if other[0] != key[0] and (
                    "" in (key[1], other[1]) or key[1] == other[1] or key[0] == 1
                ):
                    return binding.line.fact_id, match[0]
            years = re.search(
                r"连续(?:第)?[二两三四五六七八九十\d]+年|再次|年就|早在|第[二三四五六\d]+年",
                binding.line.text,
            )
            if years and key[0] == 1:
                return binding.line.fact_id, years[0]
        return None

    # ------------------------------------------------------------------ events

    def _events(self, clause: Clause) -> Iterator[Finding]:
        """Yield a contest that stands where the facts have one, another one, that goes untold."""
        for match in _EVENT.finditer(clause.text) if len(self._events_held) == 1 else ():
            what, (held, fact_id) = match["what"], self._events_held[0]
            if what in self._index.bare or held in clause.sentence:
                continue
            span = (clause.start + match.start("what"), clause.start + match.end("what"))
            message, ids = f"“{what}”与事实{fact_id}的“{held}”不一致。", (fact_id,)
            yield Finding(*span, what, "wrong_entity", "confirm", message, held, ids)

    # ------------------------------------------------------------------ congresses

    def _congresses(self, clause: Clause) -> Iterator[Finding]:
        """Yield a named congress or plenum that no fact names: it is for the writer to confirm."""
        for match in _CONGRESS.finditer(clause.text):
            core = match["core"]
            if core in self._index.bare:
                continue
            span = (clause.start + match.start(), clause.start + match.end(), match[0])
            message = f"事实清单中没有“{match[0]}”，请确认会议名称和届次。"
            yield Finding(*span, "wrong_entity", "confirm", message)

    def _sessions(self, clause: Clause) -> Iterator[Finding]:
        """Yield a session of a congress that the facts number otherwise: 十四届人大五次会议."""
        for match in _SESSION.finditer(clause.text):
            theirs = [m for m in _SESSION.finditer(self._index.text) if m[2] == match[2]]
            if theirs and all(m[0] != match[0] for m in theirs):
                span = (clause.start + match.start(), clause.start + match.end(), match[0])
                message = f"“{match[0]}”与事实中的“{theirs[0][0]}”不一致，请核对届次。"
                yield Finding(*span, "wrong_entity", "block", message, theirs[0][0])


def _edition(match: re.Match[str]) -> tuple[int, str]:
    if match["first"]:
        return 1, match["first"][1:].replace("次", "").replace("个", "").replace("家", "")
    value = parse_number(match["n"])
    return int(value) if value is not None else 0, match["what"]


def _merged(text: str) -> Iterator[tuple[int, int, set[int]]]:
    """Yield runs of level words joined by 、 or 和 (市委、市政府) with their tiers."""
    start = end = -1
    tiers: set[int] = set()
    for match in _LEVEL.finditer(text):
        if end >= 0 and text[end : match.start()] in ("", "、", "和"):
            end = match.end()
            tiers = tiers | _tier(match[0])
            continue
        if end >= 0:
            yield start, end, tiers
        start, end, tiers = match.start(), match.end(), _tier(match[0])
    if end >= 0:
        yield start, end, tiers


def _tier(word: str) -> set[int]:
    char = word.removeprefix("全")[:1]
    return {_TIER[char]} if char in _TIER else set()


def _tiers(text: str) -> set[int]:
    return {tier for match in _LEVEL.finditer(text) for tier in _tier(match[0])}

"""What facts count or list: totals, numbers of things named, parts, rests, one for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise, product

from drafter.checking.context import Mention
from drafter.checking.derived import (
    ITEMS,
    MAX_TERMS,
    TURNS,
    Derived,
    formula_of,
    ids_of,
    is_rest,
    of_kind,
    pairs_of,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.checking.heads import concerned, rate_name, words_before
from drafter.checking.names import general_words
from drafter.chinese.measures import counted_in, measures
from drafter.chinese.numerals import parse_number

_ONE_EACH = re.compile(
    "一[户村企校人组网家社院店]一[\u4e00-\u9fff]|每个?[人户村企校组店]社?区?[1一][名个人台套次]|各[1一](?=[\\s，。；、）)]|$)"
)
_HEAD = re.compile("书记|主任|主席|站长|所长|队长|组长|校长")
_HEAD_NEAR = 6
_COMMUNITIES = re.compile("[（(、和]社区")
_BLOCK = re.compile("片区")  # 东片区改厕112户
_OF_PLACES = re.compile("[村镇乡区组]$")
_LABELLED = re.compile("(?P<label>[^：:，。]{2,10})[：:](?P<member>[\u4e00-\u9fff]{1,6}?) ?\\d")
_ENDED = re.compile(r"[\u4e00-\u9fff]{2,}(?=\d|[，、；：]|$)")
_FROM = re.compile("[由从原][有来]?$")  # 由2家增至4家 counts nothing that is listed
_ALL = re.compile("(?:全部|均|都|悉数)[\u4e00-\u9fff]{2}|全覆盖")
_WITHOUT = tuple(  # what none of the cases means as a rate: 无迟报 is 及时率100%
    (
        re.compile(f"(?:无|未|没有?)[一有]?[\u4e00-\u9fff]{{0,2}}?(?:{case})"),
        re.compile(f"(?:{rate})率"),
    )
    for case, rate in (
        ("迟|逾期|超期|超时|延误|拖延", "及时|按时|按期|准时|按时办结|按期办结"),
        ("错|差错|误", "准确|正确|无误"),
        ("漏|缺报|缺失", "完整|上报|覆盖|报送"),
        ("辍学|失学|流失", "巩固|入学|控辍"),
    )
)
_LIST = re.compile(r"[^，。；：:\s（(]{1,20}(?:、[^，。；：:\s）)]{1,20})+")
_ITEM = re.compile("[\u4e00-\u9fff]{2}|[日月]")
_PEOPLE = frozenset({"count:人", "count:名", "count:户", "count:人次", "count:岁"})
_STAGE = re.compile("已|未|其中|完成|其余|剩|合计|共.")
_INITIALS = re.compile("[\u4e00-\u9fff](?:、[\u4e00-\u9fff])+(?=\0|[两二三四五六七八九])")
_POSTS = re.compile("岗位?\\s?$")
_SO_MANY_POSTS = re.compile("(?:就业|公益|工作|公益性)?岗位?(?![前上])")
_EMPLOYED = re.compile("(?:就业|用工|务工|上岗) ?$")
_AT_POSTS = re.compile("岗位?上")
_HEADS_OR_POSTS = frozenset({"count:人", "count:个"})
_PAPERS = frozenset("份枚本张块个")
_CARD = re.compile("[证书卡牌]$")
_SIGNED = re.compile(
    "签[订署下了字]*[\u4e00-\u9fff]{0,4}?(承诺书|责任书|协议书?|申请书|倡议书)"
    "|[颁发佩授悬挂送][发放戴予挂上去]?.{0,12}?(纪念章|奖章|荣誉证书|证书|光荣牌|喜报|门牌)"
)
_JOINED = re.compile("[\u4e00-\u9fff]{2}[和、及与][\u4e00-\u9fff]{2,6}$")
# 轮椅24台、拐杖35副 are 59件
_PIECES = frozenset(["件", "个", "台套", "台件", "件套", "件（套）", "台（套）", "台（件）", "样"])
_TOGETHER = re.compile("[共总]|合计|累计")
_IN_A_ROW = re.compile("连续第([一二三四五六七八九十\\d]+)([年届次])")
_MOVED = re.compile("(前移|前进|上升|提升|跃升|进步|提高|后移|后退|下降|退步|下滑)了?$")
_UP = ("前", "上升", "提", "跃升", "进步")
_PLACES = frozenset({"位", "名", "个"})
_SHORT_LIST = 5
_PAIR = 2
_CONVERTED = Decimal("0.000001")  # what conversions of 亩 lose
_ALONG = re.compile("连同|加上|一并|在内")
_BESIDES = re.compile("^[，；\\s]*另[有外]?")
_TITLES = re.compile("《[^》]+》")


def columns(group: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the lists of figures that take turns, behind their head: 3批：86户241人；52户139人."""
    kinds = [m.figure.dimension for m in group]
    for first, width in product(range(3), (2, 3)):
        tail, turn = kinds[first:], kinds[first : first + width]
        times, left = divmod(len(tail), width)
        if times > 1 and not left and len(set(turn)) == width and turn * times == tail:
            yield from (list(group[first + at :: width]) for at in range(width))
            return


def totals(line: Line) -> Iterator[Derived]:
    """Yield the sum of all that one fact lists, for a total whose words no fact has."""
    figures = line.mentions
    if 2 <= len(figures) <= MAX_TERMS and len({m.figure.dimension for m in figures}) == 1:
        total = sum((value_of(m) for m in figures), Decimal(0))
        yield Derived(total, figures[0].figure.dimension, formula_of(figures, "+"), ids_of(figures))


def places_up(lines: Sequence[Line], dimension: str) -> Iterator[Derived]:
    """Yield how many places a ranking moved (第7 → 第2: 5位)."""
    for line in lines:
        ranks = [m for m in line.mentions if m.figure.dimension == "rank"]
        for big, small in pairs_of(ranks):
            moved = value_of(big) - value_of(small)
            yield Derived(moved, dimension, formula_of((big, small), "-"), ids_of((big, small)))


def place_before(line: Line) -> Iterator[Derived]:
    """Yield the place that a ranking had before it moved: 第5, 前移2位 was 第7."""
    for now, moved in pairwise(line.mentions):
        said = _MOVED.search(moved.before_text)
        if now.figure.dimension == "rank" and said and moved.figure.unit in _PLACES:
            up, pair = said[0].startswith(_UP), (now, moved)
            was = value_of(now) + (value_of(moved) if up else -value_of(moved))
            yield Derived(was, "rank", formula_of(pair, "+" if up else "-"), ids_of(pair))


def multiples(lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield growth for a fact that says how many times the old value: 2倍 is 翻一番."""
    for mention in (m for line in lines for m in line.mentions if m.figure.unit == "倍"):
        yield Derived(
            value_of(mention) - 1, "ratio", f"{mention.figure.text} - 1", ids_of((mention,))
        )


def whole_share(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield 100 % for a fact that says that all are done: 抽检46批次，全部合格."""
    for line in lines if draft.figure.dimension == "ratio" else ():
        for denied, timely in _WITHOUT:
            if (none := denied.search(line.text)) and timely.search(draft.clause_text):
                yield Derived(Decimal(1), "ratio", none[0], (line.fact_id,))
        rate = rate_name(draft)
        if rate and not set(rate) & set(line.text):
            continue  # 满意率 of what is all 合格
        done = [m for m in line.mentions if rate and words_before(m).endswith(rate)]
        for last in done[-1:]:  # 建议18件、提案9件，满意27件
            terms = [m for m in line.mentions[: line.mentions.index(last)] if of_kind(m, last)]
            if len(terms) > 1 and sum(map(value_of, terms)) == value_of(last):
                formula = f"{last.figure.text} / ({formula_of(terms, '+')})"
                yield Derived(Decimal(1), "ratio", formula, (line.fact_id,))
        said = _ALL.search(line.text)
        if said and grams(said[0][-2:]) & draft.clause:
            yield Derived(Decimal(1), "ratio", said[0], (line.fact_id,))


_PLACES_OF_ALL = ("count:村", "count:社区", "count:个村", "count:个社区")
_A_MEAN = re.compile("平均|[户人村月日年场期]均|每[月天日人户村年周]")
_TRADERS = re.compile("(?:市场|经营|农业)主体")
_TRADER = re.compile("个体|企业|公司|合作社|商户|大户|农场|园区|基地")


def of_both(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield villages and communities together (14个村（社区）), or 经营主体 of 户 and 家."""
    traders = _TRADERS.search(draft.clause_text)
    kinds = {"count:户", "count:家", "count:个"} if traders else set(_PLACES_OF_ALL)
    found = [m for m in line.mentions if m.figure.dimension in kinds]
    if traders:
        found = [m for m in found if _TRADER.search(m.before_text) and not m.period]
    if len(found) > 1 and (traders or _COMMUNITIES.search(draft.clause_text)):
        total = sum(map(value_of, found), Decimal(0))
        ids = (line.fact_id,)
        yield Derived(total, draft.figure.dimension, formula_of(found, "+"), ids)


def one_each(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what 一企一人 says: as many of the one as of the other, one for each."""
    if _ONE_EACH.search(line.text) and draft.figure.dimension.startswith("count:"):
        counted = (m for m in line.mentions if m.figure.dimension.startswith("count:"))
        for value in {Decimal(1), *map(value_of, counted)}:
            yield Derived(value, draft.figure.dimension, "一…一…", (line.fact_id,))


def heads_of(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield one head for each: 23名支部书记 of 党支部 23个."""
    near = draft.after_text[:_HEAD_NEAR] if draft.figure.dimension == "count:人" else ""
    for mention in index.mentions if _HEAD.search(near) else ():
        noun, _, _ = mention.before_text.rstrip()[-2:].partition(" ")
        head = draft.after_text.removeprefix(noun)
        if len(noun) > 1 and head != draft.after_text and _HEAD.match(head):
            value, formula = value_of(mention), mention.figure.text
            yield Derived(value, draft.figure.dimension, formula, ids_of((mention,)))


def of_posts(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield as many posts as a fact counts heads in them, or the reverse: 公益岗96人."""
    said = draft.before_text + draft.clause_text.rpartition("\0")[2]
    posts = _POSTS.search(draft.before_text) or _AT_POSTS.search(said)
    posts = posts or _SO_MANY_POSTS.match(draft.after_text)
    held = draft.figure.dimension in _HEADS_OR_POSTS
    for mention in line.mentions if posts and held else ():
        named = _POSTS.search(mention.before_text) or _EMPLOYED.search(mention.before_text)
        if mention.figure.dimension in _HEADS_OR_POSTS and named:
            value, formula = value_of(mention), mention.figure.text
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def podium(line: Line) -> Iterator[Derived]:
    """Yield the ranks of a fact's 冠军, 亚军, 季军."""
    for place, name in enumerate(("冠军", "亚军", "季军"), 1):
        if name in line.text:
            yield Derived(Decimal(place), "rank", name, (line.fact_id,))


def in_a_row(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield how many years in a row a fact's last one makes: 连续第三年 is 连续三年."""
    last = _IN_A_ROW.search(line.text) if draft.before_text.endswith("连续") else None
    count = parse_number(last[1]) if last else None
    measure = measures().get(last[2]) if last else None
    if last and count is not None and last[2] == draft.figure.unit:
        value = measure.to_base(Decimal(count)) if measure else Decimal(count)
        yield Derived(value, draft.figure.dimension, last[0], (line.fact_id,))


def signed(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield how many signed or were given what one has for oneself: 97名签订承诺书 of 97份."""
    whom = draft.figure.dimension in ("count:人", "count:户")
    paper = _SIGNED.search(draft.clause_text) if whom else None
    name = (paper[1] or paper[2]) if paper else ""
    for mention in line.mentions if name else ():
        own = name in mention.before_text and name not in draft.before_text
        if mention.figure.unit in _PAPERS and own:
            value, formula = value_of(mention), mention.figure.text
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def by_holder(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield cards and coffins counted by persons in a fact: 新办残疾人证87本 of 新办证87人."""
    card = _CARD.search(draft.before_text) if draft.figure.unit in _PAPERS else None
    body = draft.figure.unit == "具" and draft.before_text.endswith("遗体")
    for mention in line.mentions if card or body else ():
        issued = card is None or card[0] in mention.before_text
        if issued and mention.figure.dimension in ("count:人", "count:户"):
            value, formula = value_of(mention), mention.figure.text
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def labelled(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield how many facts give the figure of one label for a member each: 夜巡次数：东片 84次."""
    noun = draft.after_text[:1]
    members: dict[str, set[str]] = {}
    for line in index.lines if noun else ():
        match = _LABELLED.match(line.text)
        if match and match["member"].endswith(noun):
            members.setdefault(match["label"], set()).add(match["member"])
    for named in members.values():
        if len(named) > 1:
            count = Decimal(len(named))
            yield Derived(count, draft.figure.dimension, "、".join(sorted(named)), ())


def named_alike(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield how many things a fact names with the noun behind the figure: 三条街 of 东街、西街."""
    noun = draft.after_text[:1] or draft.before_text[-2:]
    for line in lines if noun and draft.figure.dimension.startswith("count:") else ():
        ended = (name for name in _ENDED.findall(line.text) if name.endswith(noun))
        names = {name[-len(noun) - 4 :] for name in ended if name != noun}
        if len(names) > 1:
            named = "、".join(sorted(names))
            yield Derived(Decimal(len(names)), draft.figure.dimension, named, (line.fact_id,))


def named_places(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield how many places of a kind the bound facts name, for 两村, 三个社区."""
    suffix = _BLOCK.match(draft.after_text) or _OF_PLACES.search(draft.figure.unit)
    if suffix is None:
        return
    named = re.compile(rf"[\u4e00-\u9fff]{{{1 if suffix.re is _BLOCK else 2}}}{suffix[0]}")
    found = {name for line in lines for name in named.findall(line.text)}
    names = {name for name in found if name.removesuffix(suffix[0]) not in general_words()}
    if len(names) > 1:
        ids = tuple(line.fact_id for line in lines)
        yield Derived(Decimal(len(names)), draft.figure.dimension, "、".join(sorted(names)), ids)


def counts(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the number of things that a fact lists, for a count of what it lists."""
    if not draft.figure.dimension.startswith(("count:", "number")) or is_rest(draft):
        return
    if _A_MEAN.search(draft.before_text):
        return
    for match in _LIST.finditer(line.text):
        if re.search(r"\d", match[0]):
            continue
        items = [item for item in ITEMS.split(match[0]) if item]
        head = grams(match[0] + line.text[: match.start()]) & draft.clause
        told = any(len(gram) > 1 and gram not in common_words() for gram in head)
        if told or any(item[-1] in draft.after_text[:2] for item in items):
            formula, value = f"列出{len(items)}项", Decimal(len(items))
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))
    few = draft.figure.low <= MAX_TERMS and not _FROM.search(draft.before_text)
    if few and draft.figure.dimension not in _PEOPLE | {"rank"}:
        for size in {len(run) for run in lists(line)}:
            formula = f"列出{size}项"
            yield Derived(Decimal(size), draft.figure.dimension, formula, (line.fact_id,))


def lists(line: Line) -> Iterator[list[Mention]]:
    """Yield the figures of a fact that stand each behind a name of its own, in one unit."""
    plain = list(line.mentions)
    for run in [*columns(plain), *_same_unit(plain)]:
        named = [m for m in run if _ITEM.search(m.before_text) and not _STAGE.search(m.before_text)]
        apart = len({m.before_text for m in named}) > 1 and len(named) == len(run)
        if apart and len({m.period for m in run}) == 1 and not _is_headed(run):
            yield run


def _is_headed(run: Sequence[Mention]) -> bool:
    """Tell whether the first figure of a list is the sum of the others."""
    rest = sum(map(value_of, run[1:]), Decimal(0))
    return len(run) > _PAIR and abs(value_of(run[0]) - rest) < _CONVERTED * rest


def _same_unit(group: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the longest runs of figures in one unit, each without and with its first figure.

    A run is cut behind a ； as well: 餐饮93处、居民217处；已改302处.
    """
    for _, run in groupby(group, key=lambda m: m.figure.dimension):
        listed = list(run)
        yield listed
        yield listed[1:]
        cut = next((at for at, m in enumerate(listed) if at and m.opens), 0)
        if cut:
            yield listed[:cut]
            yield listed[1:cut]


def sublists(run: Sequence[Mention]) -> list[Sequence[Mention]]:
    """Return the neighbours of a short list that a draft may count together: 书记12次、镇长12次."""
    sizes = range(2, len(run)) if len(run) <= _SHORT_LIST else ()
    return [run[at : at + size] for size in sizes for at in range(len(run) - size + 1)]


def named_sum(group: Sequence[Mention], draft: Mention) -> Iterator[Derived]:
    """Yield the sum of the figures whose words the draft's clause says: 走访企业和工地20处."""
    named = concerned(group, draft.clause_text)
    terms = [m for m in named if of_kind(m, draft)]
    before = draft.clause_text.partition("\0")[0]
    if ITEMS.search(before):  # 关停、整改养殖场11家
        yield from _sum_of([m for m in group if of_kind(m, draft) and _tail_in(m, before)], draft)
    firsts = _INITIALS.search(draft.clause_text)
    if firsts and len(terms) < 2:  # 春、秋两季合计 of 春蚕、夏蚕、秋蚕
        kin = [m for m in group if of_kind(m, draft)]
        terms = [m for m in kin if words_before(m)[:1] in firsts[0].split("、")]
    yield from _sum_of(terms, draft)
    if draft.figure.unit in _PIECES and _TOGETHER.search(draft.before_text):
        counted = (m for m in group if m.figure.dimension.startswith("count:"))
        said = draft.lead + draft.clause_text
        terms = [m for m in counted if words_before(m)[-2:] in said]
    if len(counted_in(draft.figure.dimension)) > 1:  # 牛羊合计5万余头（只）
        kin = [m for m in group if of_kind(m, draft)]
        said = draft.clause_text.partition("\0")[0] + draft.after_text
        heads = (
            [m for m in kin if words_before(m)[:1] in said],
            [m for m in kin if _tail_in(m, said)],
        )
        terms = max(heads, key=len)
        terms = terms if len(terms) > 1 else kin
    yield from _sum_of(terms, draft)


def pieces(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what things of several kinds come to: 轮椅和助听器47件 of 轮椅31辆、助听器16副."""
    if draft.figure.unit not in _PIECES or not _JOINED.search(draft.before_text):
        return
    counted = (m for m in line.mentions if m.figure.dimension.startswith("count:"))
    terms = [m for m in counted if _tail_in(m, draft.before_text)]
    if len({m.figure.dimension for m in terms}) > 1:
        yield from _sum_of(terms, draft)


def _sum_of(terms: Sequence[Mention], draft: Mention) -> Iterator[Derived]:
    if 2 <= len(terms) <= MAX_TERMS:
        total, formula = sum(map(value_of, terms), Decimal(0)), formula_of(terms, "+")
        yield Derived(total, draft.figure.dimension, formula, ids_of(terms))


def _tail_in(fact: Mention, said: str) -> bool:
    """Tell whether a text says the last word before a fact's figure: 灭火机 of 风力灭火机18台.

    Two words may share one end: 中小学 says 中学 as well.
    """
    words = words_before(fact)[-2:]
    shared = len(words) > 1 and re.search(f"{words[0]}[\u4e00-\u9fff]{words[1]}", said)
    return len(words) > 1 and (words in said or shared is not None)


def along_with(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield what a fact counts, its titles among them: 修订《…》，另有专项预案7个 are 8."""
    named = len(_TITLES.findall(line.text)) if _ALONG.search(draft.clause_text) else 0
    for mention in line.mentions if named else ():
        if _BESIDES.search(mention.before_text) and of_kind(mention, draft):
            value, formula = value_of(mention) + named, f"{mention.figure.text} + {named}"
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def attended(line: Line) -> Iterator[Derived]:
    """Yield the attendances that heads come to who were counted over several meetings.

    演练8次1260人 counts who came each time: 1260人次.
    """
    for turns, heads in pairwise(line.mentions):
        of_turns = turns.figure.unit[-1:] in TURNS and value_of(turns) > 1
        if of_turns and heads.figure.dimension in ("count:人", "count:名"):
            ids = (line.fact_id,)
            yield Derived(value_of(heads), "count:人次", formula_of((turns, heads), "·"), ids)

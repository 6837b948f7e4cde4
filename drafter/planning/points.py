"""Facts of a section grouped into points: one thing a point, in the order the offices gave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from drafter.domain import Fact
from drafter.planning import topics
from drafter.planning.match import is_general
from drafter.planning.states import is_open, label_of

MANY = 6  # topics of a section; with more, a reader loses the thread
LIMIT = 4  # facts a point; measured in design.md, decision 2
STAGE_MOST = 20  # characters in which a fact says what it is about
MOSTLY = 0.6  # of the groups need a headline, else none has one
MOST_OF = 0.7  # or of the facts
FEWEST_LABELS = 3
MANY_OF = 0.4  # of a section's facts that make their domain one of the section
SAME = 0.7  # share of a headline's character pairs that the section's heading has already
_MEASURED = re.compile(r"\s*[：:]\s*(?:\d|年度|全年|任务|目标|完成|计划|同比|共|20\d\d)")
_SENDER = re.compile(
    r"(?:办|委|所|站|室|部|局|队|会|院|联|中心|窗口|大厅|[村镇乡]|社区|主任|书记|所长|站长|[老小][\u4e00-\u9fff]|[姐哥])$"
)
_FIELD = re.compile(r"[\u4e00-\u9fff、]{2,8}")
_LABEL = re.compile(r"[\u4e00-\u9fff]{3,8}$")
_SAYS = re.compile(
    "[不没无有已未了是到]|[一二三四五六七八九十两][遍次场期回天]|完成|开展|建成|达标|良好|合格|正常|平稳|稳定|通过"
)
THIN, FULL, FEWEST_POINTS = 30, 3, 2  # characters; facts; points that a section keeps
OTHERS = "此外"  # what no headline fits stands last, without a number
_ROW = re.compile(r"[A-Z]*\d+行?$|第\d+行$|（[^）]*）$|[A-Z]+\d+（[^）]*）$")
_OF_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:村|社区|居委会)\s*[：:]"
)  # a row of a table of villages
_TOTAL = re.compile("(?:合计|总计|共计)[：:]?")
_LEANS = re.compile(
    r"(?:其中|其余|剩余|剩下|还剩|剩|另有|还有|合计|总计|共计)(?![工队]|地区|事项)"
    r"|(?:同比|环比|[比较与](?:去年|上年|上一年|前年|年初|往年|上月|上季度)(?:同期|同月)?(?:相比|水平)?)[，,]?"
    r"[还又净也略均]?有?所?(?:持平|翻|(?:增[长加]?|减少?|上升|下降|提[高升]|降低?|[多少高低快慢升涨跌])"
    r"(?:了|出|约|近|发生)*(?:[\d一二两三四五六七八九十百几]|[，。；]|$))"
)


@dataclass(frozen=True, slots=True)
class PointPlan:
    """A point to draft: its headline ("" where no topic is known) and its facts.

    ``continues`` is true where the facts go on with the point before (over the limit).
    """

    headline: str
    facts: tuple[Fact, ...]
    continues: bool = False


def group_points(facts: Sequence[Fact], limit: int = LIMIT) -> list[list[Fact]]:
    """Return the facts of each point, 1 to ``limit`` a point; every fact stands in exactly one."""
    return [list(plan.facts) for plan in plan_points(facts, limit)]


def plan_points(facts: Sequence[Fact], limit: int = LIMIT, heading: str = "") -> list[PointPlan]:
    """Group a section's facts into points, ``limit`` facts a point at most.

    Facts that the notes label (燃气：…) stand under their labels. Else they are grouped by topic,
    under headlines where most of those fit the section's ``heading``, without where not. Where the
    topics are more than ``MANY``, those of one domain share a point. What the heading itself says
    stands first, what no headline fits last, under none. Raises ValueError where ``limit`` is
    below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    facts = _whole_first(facts)
    groups = sorted(_by_label(facts, heading) or _by_topic(facts, heading), key=_stage)
    wide = _taken_in(facts, heading)
    main, fitting = _sorted(groups, heading, wide)
    if not _enough(fitting, groups):
        groups = [part for group in groups for part in _shown(group, heading)]
        main, fitting = _sorted(groups, heading, wide)
    if not _enough(fitting, groups):
        return _unheaded(facts, limit, heading)
    beside = [group for group in groups if group not in main and group not in fitting]
    ahead = [group for group in beside if _stage(group) == 0]
    beside = [group for group in beside if group not in ahead]
    parts = _joined([part for group in fitting for part in _parted(group)])
    return _in_points([*_bare([*ahead, *main]), *parts, *_bare(beside)], limit)


def _sorted(
    groups: Sequence[PointPlan], heading: str, wide: frozenset[str] | None
) -> tuple[list[PointPlan], list[PointPlan]]:
    """Return the groups that say what the section's heading says, and those that fit under it."""
    main = [group for group in groups if _says_the_same(group.headline, heading)]
    return main, [group for group in groups if group not in main and _fits(group, wide)]


def _enough(fitting: Sequence[PointPlan], groups: Sequence[PointPlan]) -> bool:
    """Tell whether most groups, or the groups of most facts, have a headline that fits."""
    told, every = (sum(len(group.facts) for group in part) for part in (fitting, groups))
    return len(fitting) > 1 and (len(fitting) >= MOSTLY * len(groups) or told >= MOST_OF * every)


def _taken_in(facts: Sequence[Fact], heading: str) -> frozenset[str] | None:
    """Return the domains that a section takes in: its heading's and those of many of its facts.

    None where the heading is general: it takes in all.
    """
    if not heading or is_general(heading):
        return None
    found = Counter(topic.domain for fact in facts if (topic := topics.main_topic(fact.text)))
    many = {domain for domain, count in found.items() if count >= max(2, MANY_OF * len(facts))}
    return topics.wanted_domains(heading) | many


def _shown(group: PointPlan, heading: str) -> list[PointPlan]:
    """Part what the section's heading says already by what its facts show, if each shows more."""
    heads = [_close_headline([fact]) for fact in group.facts]
    telling = all(
        head and not _says_the_same(head, heading) and not _says_the_same(head, fact.text)
        for head, fact in zip(heads, group.facts, strict=True)
    )
    if not telling or len(set(heads)) < 2 or not _says_the_same(group.headline, heading):
        return [group]
    pairs = list(zip(heads, group.facts, strict=True))
    return [PointPlan(h, tuple(f for own, f in pairs if own == h)) for h in dict.fromkeys(heads)]


def _whole_first(facts: Sequence[Fact]) -> list[Fact]:
    """Put the total of a table of villages before its rows: the whole before the parts."""
    found: list[Fact] = []
    for fact in facts:
        rows = len(list(takewhile(_of_place, reversed(found)))) if _TOTAL.match(fact.text) else 0
        found.insert(len(found) - rows if rows > 1 else len(found), fact)
    return found


def _of_place(fact: Fact) -> bool:
    return _OF_PLACE.match(fact.text) is not None


def _bare(groups: Sequence[PointPlan]) -> list[PointPlan]:
    facts = tuple(fact for group in groups for fact in group.facts)
    return [PointPlan("", facts)] if facts else []


def _stage(group: PointPlan) -> int:
    """Return when a point is told: meetings and plans first, results last, work in between."""
    lead, result = topics.stage_words()
    if any(word in group.facts[0].text[:STAGE_MOST] for word in lead):
        return 0
    return 2 if all(any(word in f.text for word in result) for f in group.facts) else 1


def _in_points(groups: Sequence[PointPlan], limit: int) -> list[PointPlan]:
    """Cut groups over the limit; the rest goes on with the point before."""
    plans = []
    for group in groups:
        for start in range(0, len(group.facts), limit):
            chunk = group.facts[start : start + limit]
            plans.append(PointPlan("" if start else group.headline, chunk, start > 0))
    return plans


def _unheaded(facts: Sequence[Fact], limit: int, heading: str) -> list[PointPlan]:
    """Return points without headlines, in the notes' order: what was said of one thing in a row."""
    runs: list[list[Fact]] = []
    first: dict[str, list[Fact]] = {}
    before = ""
    for key, fact in zip(_keys(facts, heading), facts, strict=True):
        if fact.text in first:
            first[fact.text].append(fact)
            continue
        row = _of_place(fact) and bool(runs) and _of_place(runs[-1][-1])
        if key != before or (len(runs[-1]) >= limit and not leans(fact) and not row):
            runs.append([])
        first[fact.text] = runs[-1]
        runs[-1].append(fact)
        before = key
    plans = sorted((PointPlan("", tuple(run)) for run in runs), key=_stage)
    return _in_points(_in_company(plans, heading), limit)


def _in_company(plans: Sequence[PointPlan], heading: str) -> list[PointPlan]:
    """Join a single short fact to the point before it, where both are of near domains.

    A point of one short line reads thin (慰问困难户19户); two points are left at least.
    """
    joined: list[PointPlan] = []
    for place, plan in enumerate(plans):
        last = joined[-1] if joined else None
        left = len(joined) + len(plans) - place
        if last and left > FEWEST_POINTS and _thin(plan, last, heading):
            joined[-1] = PointPlan("", (*last.facts, *plan.facts))
        else:
            joined.append(plan)
    return joined


def _thin(plan: PointPlan, last: PointPlan, heading: str) -> bool:
    alone = len(plan.facts) == 1 and len(plan.facts[0].text) <= THIN
    if not alone or len(last.facts) >= FULL or _stage(plan) != _stage(last):
        return False
    mine, its = (topics.topic_under(heading, p.facts[-1].text) for p in (plan, last))
    return not mine or not its or mine.domain in topics.related_domains(its.domain)


def _by_label(facts: Sequence[Fact], heading: str) -> list[PointPlan]:
    """Group facts by the labels of the notes, where most have one."""
    labels: list[str] = []
    tags = _field_tags(facts, heading)
    for index, fact in enumerate(facts):
        above = facts[index - 1] if index else None
        follows = above is not None and goes_on(fact, above)
        own = field_label(fact.text) or tags.get(fact.id, "")
        labels.append(labels[-1] if follows and not own else own)
    named = dict.fromkeys(label for label in labels if label)
    if len(named) < FEWEST_LABELS or sum(map(bool, labels)) < MOSTLY * len(facts):
        return []
    pairs = list(zip(labels, facts, strict=True))
    groups = [*named, *([""] if "" in labels else [])]
    return [PointPlan(group, tuple(f for label, f in pairs if label == group)) for group in groups]


def _field_tags(facts: Sequence[Fact], heading: str) -> dict[str, str]:
    """Return fact id → the field that a tag names (【道路交通】), where the notes have such tags.

    A tag that names an office among such fields (【消防】) stands for its field.
    """
    hints = {fact.section_hint for fact in facts if _FIELD.fullmatch(fact.section_hint)}
    if len({hint for hint in hints if not _says_the_same(hint, heading)}) < FEWEST_LABELS:
        return {}
    tags: dict[str, str] = {}
    for fact in facts:
        tag = fact.section_hint or fact.office
        general = tag in tags.values() and _says_the_same(_close_headline([fact]), heading)
        if _FIELD.fullmatch(tag) and not _SENDER.search(tag) and not general:
            tags[fact.id] = tag
    return tags


def field_label(text: str) -> str:
    """Return the field that a line names before its colon (燃气, 道路交通), or "".

    What the line counts (固定资产投资：完成3亿元) and who sent it are no fields.
    """
    label = label_of(text)
    rest = text[len(label) :].lstrip()
    if rest[:1] not in {"：", ":"} or _MEASURED.match(rest) or _SENDER.search(label):
        return ""
    return label if _FIELD.fullmatch(label) and not is_open(label) else ""


def _by_topic(facts: Sequence[Fact], heading: str) -> list[PointPlan]:
    """Group facts by topic; the groups that would stand under one headline are one."""
    keys = _keys(facts, heading)
    if len(set(keys)) > MANY:
        keys = [_domain(key) for key in keys]
    groups: dict[str, list[Fact]] = {}
    for key, fact in zip(keys, facts, strict=True):
        groups.setdefault(key if _headline(key) else "", []).append(fact)
    return _joined(
        [
            PointPlan((_close_headline(members) or _headline(key)) if key else "", tuple(members))
            for key, members in groups.items()
        ]
    )


def _joined(groups: Sequence[PointPlan]) -> list[PointPlan]:
    """Join the groups that would stand under one headline; the one without stays last."""
    headed: dict[str, list[Fact]] = {}
    for group in groups:
        headed.setdefault(group.headline, []).extend(group.facts)
    plans = [PointPlan(headline, tuple(members)) for headline, members in headed.items()]
    return sorted(plans, key=lambda plan: not plan.headline)


def _parted(group: PointPlan) -> list[PointPlan]:
    """Part a group over the limit by what its facts show, where two or more show the same."""
    if len(group.facts) <= LIMIT:
        return [group]
    shown: list[str] = []
    for index, fact in enumerate(group.facts):
        follows = index > 0 and goes_on(fact, group.facts[index - 1])
        shown.append(shown[-1] if follows else _close_headline([fact]))
    pairs = list(zip(shown, group.facts, strict=True))
    close = [
        headline for headline in dict.fromkeys(shown) if headline and shown.count(headline) > 1
    ]
    rest = tuple(fact for headline, fact in pairs if headline not in close)
    parts = [PointPlan(head, tuple(f for shown, f in pairs if shown == head)) for head in close]
    return [*([PointPlan(group.headline, rest)] if rest else []), *parts]


def _fits(group: PointPlan, wide: frozenset[str] | None) -> bool:
    """Tell whether a headline belongs into a section: it is a label, or of a domain taken in."""
    domains = topics.headline_domains(group.headline)
    if not domains or wide is None:
        return bool(group.headline)
    return bool(domains & wide)


def _says_the_same(headline: str, heading: str) -> bool:
    """Tell whether a headline is no more than what the section's own heading says."""
    named = [topics.by_name()[name] for name in topics.weights(heading)]
    pairs = topics.bigrams(headline)
    if pairs and len(pairs & topics.bigrams(heading)) >= SAME * len(pairs):
        return True
    alone = len(topics.wanted_domains(heading)) == 1
    return alone and any(topic.headline == headline for topic in named)


def _close_headline(facts: Sequence[Fact]) -> str:
    """Return the headline that says what all these facts show, "" where there is none.

    Of several the one whose word the first fact names first.
    """
    texts = [topics.unquoted(fact.text) for fact in facts if not leans(fact)]
    fitting = {
        headline: min(texts[0].find(word) for word in words if word in texts[0])
        for headline, words in topics.close_headlines()
        if texts and all(any(word in text for word in words) for text in texts)
    }
    narrow = len({topics.headline_domains(headline) for headline in fitting}) < len(fitting) - 1
    return "" if narrow else min(fitting, key=lambda headline: fitting[headline], default="")


def _keys(facts: Sequence[Fact], heading: str) -> list[str]:
    """Name each fact's group: its topic, else that of the fact before, else its office's.

    A topic that the section's heading names goes before others that a fact names beside it.
    """
    found: list[str] = []
    offices = _office_topics(facts)
    for index, fact in enumerate(facts):
        topic = topics.topic_under(heading, fact.text)
        above = facts[index - 1] if index else None
        if above is not None and goes_on(fact, above):
            found.append(found[-1])
        elif _in_table(fact):
            found.append(f"?{fact.id}")
        elif topic is not None:
            found.append(topic.name)
        elif above is not None and above.office == fact.office:
            found.append(found[-1])
        else:
            found.append(offices.get(fact.office, f"?{fact.office or fact.id}"))
    return found


def goes_on(fact: Fact, above: Fact) -> bool:
    """Tell whether a fact was said in one line with the one above it, or leans on it (其中…)."""
    if leans(fact):
        return (fact.office, fact.section_hint) == (above.office, above.section_hint)
    place = fact.source.place
    if place and (place, fact.source.file) == (above.source.place, above.source.file):
        return True
    tables = {_ROW.sub("", place), _ROW.sub("", above.source.place)}
    return len(tables) == 1 and _in_table(fact) and _in_table(above)


def _in_table(fact: Fact) -> bool:
    """Tell a row of a table of villages: such rows belong together, whatever each names."""
    return "表" in fact.source.place and _of_place(fact)


def leans(fact: Fact) -> bool:
    """Tell a fact that only the one before explains (其中土地类37件, 剩2个)."""
    return _LEANS.match(fact.text) is not None


def is_label(text: str) -> bool:
    """Tell a bare name of a field of work (森林防火) that stands as a line over others."""
    named = _LABEL.match(text) is not None and not _SAYS.search(text)
    return named and (topics.main_topic(text) is not None or text.endswith(("管理", "工作")))


def _office_topics(facts: Sequence[Fact]) -> dict[str, str]:
    """Return office → the first topic that its facts name."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.office and fact.office not in found and (topic := topics.main_topic(fact.text)):
            found[fact.office] = topic.name
    return found


def _domain(key: str) -> str:
    topic = topics.by_name().get(key)
    return topic.domain if topic else key


def _headline(key: str) -> str:
    topic = topics.by_name().get(key)
    return topic.headline if topic else topics.plain_headings().get(key, "")

"""The composer: a draft without a model. It loses no fact and adds no claim.

Points follow the pattern of the exemplar (一是…, or （一） where there are many); the facts of a
point are joined as sentences. It is the default, the fallback, and the baseline for every model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from drafter.chinese.markers import render_marker
from drafter.domain import DraftSection, Fact, FactSheet, OutlineSection, Point
from drafter.planning.points import OTHERS, goes_on, is_label, plan_points
from drafter.planning.states import announces, head_of, is_open, kind_of, takes_both
from drafter.planning.topics import bigrams, main_topic, office_domains
from drafter.writing.gaps import placeholder
from drafter.writing.items import items
from drafter.writing.shorthand import to_sentence
from drafter.writing.style import house_style

MANY = 5  # points: from here on two levels (voice.md, "Order and shape")
LONGEST_CHAIN = 10  # 十一是 is not said
LONGEST_LIST = 100  # ordinals in Han end here
LONG = 45  # characters: a clause this long is a sentence of its own
PARALLEL = 3  # clauses at most in one sentence
_BARE = re.compile(r"(?=.*\d)[^，；。：、（）]{2,16}")  # a clause of one thing: 硬化道路3公里
_FIELD = re.compile(r"^[\u4e00-\u9fff]{2,8}方面，")
_HEADED = re.compile("[^，。；]{2,16}。(?=.)")
_NO_PLACE = re.compile(
    "^(?:社区|村里|本村)$|(?:大厅|窗口|食堂|工地|学校|公司|企业|群|部|室|中心|[主户民])$"
)
_PLEASE = re.compile("^(?:请问一?下?|想?问一?下|麻烦问一?下)[，,]?")
_QUESTION = re.compile(
    "^(?!【)(?:请问|想?问一?下|麻烦问)|[？?]$"
    "|^(?:书记|[镇乡]长|主任|领导|县里|上面)(?:说|讲|交代|要求)?要(?:突出|写|体现|强调|加上|提到|放)"
    "|(?:别|不要|先不|不用)(?:写|放|报)(?:进去|上去?)?[。！!]?$|(?:改|核对?|补|填)一下(?:[，。,]|$)"
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,5}(?:村|社区)$")
_SENDER = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{2,6}?)(?:支书|书记|主任|村长|会计)?[-—]?(?:[老小阿][\u4e00-\u9fff]{1,2}"
    r"|[\u4e00-\u9fff](?:支书|书记|主任|文书|会计|干事|网格员|村长|组长))$"
)


def compose_section(section: OutlineSection, facts: FactSheet) -> DraftSection:
    """Compose a section from its facts; a section without any becomes 【待补：…】.

    The text has one paragraph a line, markers included, the section's own heading left out.
    """
    known = facts.by_id()
    mine = [known[fact_id] for fact_id in section.fact_ids if fact_id in known]
    if not mine:
        text = placeholder(section, facts)
        return DraftSection(section.heading, section.level, text, points=(Point(text),))
    points = compose_points(section, mine)
    plans = sum(kind_of(fact) == "plan" for fact in mine) if takes_both(section) else 0
    return DraftSection(
        section.heading,
        section.level,
        join_both(section, points, plans) if plans else join_points(section, points),
        tuple(fact.id for fact in mine),
        points=tuple(points),
    )


def compose_points(section: OutlineSection, facts: Sequence[Fact]) -> list[Point]:
    """Compose the points of a section; problems and plans are one point a fact.

    A problem or plan that lists several things has one of them a line.
    """
    if section.function in {"problems", "plan"}:
        kinds = Counter(_announced(fact) for fact in facts)
        return [
            _listed(fact, section.heading, alone=kinds[_announced(fact)] == 1) for fact in facts
        ]
    plans = plan_points(facts, heading=section.heading)
    headed = sum(bool(plan.headline) for plan in plans)
    points: list[Point] = []
    for plan in plans:
        lead = plan.headline if headed > 1 else ""
        point = compose_point(
            [_unlabelled(fact, lead or section.heading) for fact in plan.facts], lead
        )
        if headed and points and not plan.headline and not plan.continues:
            point = replace(point, text=f"{OTHERS}，{point.text}")
        if plan.continues:
            points[-1] = _merged(points[-1], point)
        else:
            points.append(point)
    return points


def _announced(fact: Fact) -> tuple[str, bool]:
    return kind_of(fact), announces(fact.text)


def _listed(fact: Fact, heading: str, alone: bool) -> Point:
    bare = _unlabelled(fact, heading)
    texts = [compose_point([replace(bare, text=text)]).text for text in items(bare.text, alone)]
    return Point("\n".join(texts), (fact.id,))


def _unlabelled(fact: Fact, named: str) -> Fact:
    """Return the fact without a label that the words above it (下半年打算) say already."""
    label = head_of(fact.text)
    rest = fact.text[len(label) :].lstrip(" ：:—\u3000")
    told = label in named and fact.text[len(label) : len(label) + 1] in "：:—"
    if not label or not rest or label.endswith("建议") or not (is_open(label) or told):
        return fact
    return replace(fact, text=rest)


def _merged(first: Point, second: Point) -> Point:
    return Point(first.text + second.text, (*first.fact_ids, *second.fact_ids), first.origin)


def compose_point(facts: Sequence[Fact], lead: str = "") -> Point:
    """Compose one point from 1 to 4 facts: headline, then the facts as sentences.

    Repeated facts are written once and all counted as used; what leans on the clause before
    (其中…) is joined to it, and a field named twice running (营商方面) is named once.
    """
    clauses: list[str] = []
    last: dict[str, Fact] = {}
    for fact in facts:
        place = _village(fact)
        clause = _asked(fact.text) or _placed(house_style(to_sentence(fact.text, place)), place)
        if clause and clause not in clauses:
            clauses = _with(clauses, clause)
            last[clauses[-1]] = fact
    headline = f"{lead}。" if lead else ""
    apart = any(fact.internal for fact in facts)  # a public copy leaves single clauses out
    alike = {(a, b) for a, b in pairwise(clauses) if lead or _akin(last[a], last[b])}
    text = join_clauses(clauses, "；" if apart else "，", alike)
    return Point(headline + text, tuple(fact.id for fact in facts))


def _akin(first: Fact, second: Fact) -> bool:
    """Tell facts that may share a sentence: said in one line, of one domain, or in like words."""
    if goes_on(second, first):
        return True
    topics = main_topic(first.text), main_topic(second.text)
    if topics[0] and topics[1]:
        return topics[0].domain == topics[1].domain
    return bool(bigrams(first.text) & bigrams(second.text))


def _asked(text: str) -> str:
    """Return a question, or a word to the writer, as what the paper leaves open; else ""."""
    question = text.strip().rstrip("？?。") if _QUESTION.search(text.strip()) else ""
    return f"【待补：{_PLEASE.sub('', question)}】" if question else ""


def _with(clauses: Sequence[str], clause: str) -> list[str]:
    last = clauses[-1] if clauses else ""
    if last and clause.startswith("其中"):
        return [*clauses[:-1], f"{last}，{clause}"]
    if is_label(last):
        return [*clauses[:-1], f"{last}方面，{clause}"]
    field, earlier = _FIELD.match(clause), _FIELD.match(last)
    if field and earlier and field[0] == earlier[0]:
        return [*clauses, clause[field.end() :]]
    return [*clauses, clause]


def _village(fact: Fact) -> str:
    """Return the place that a sender speaks for (石桥头王支书 → 石桥头), or ""."""
    if office_domains(fact.office):
        return ""
    match = _SENDER.match(fact.office)
    place = match.group("place") if match else fact.office if _PLACE.search(fact.office) else ""
    return place if len(place) > 1 and not _NO_PLACE.search(place) else ""


def _placed(clause: str, place: str) -> str:
    """Name the place where the clause does not: its figures are that place's, not the town's."""
    if place.endswith("社区"):
        clause = clause.removeprefix("社区")
    return clause if not place or place in clause else place + clause


def join_clauses(
    clauses: Sequence[str], row: str = "，", alike: Collection[tuple[str, str]] | None = None
) -> str:
    """Join clauses: short ones with ；, bare ones with ``row``, at most three a sentence.

    ``alike`` are the neighbours that may share a sentence, None for all; bare ones always may.
    """
    text, run = "", 0
    for clause, following in zip_longest(clauses, clauses[1:], fillvalue=""):
        run += 1
        bare = _BARE.fullmatch(clause) and _BARE.fullmatch(following)
        strange = not bare and alike is not None and (clause, following) not in alike
        closes = strange or run == PARALLEL or not (_short(clause) and _short(following))
        closes = closes or not following
        text += clause + ("。" if closes else row if bare else "；")
        run = 0 if closes else run
    return text


def _short(clause: str) -> bool:
    return len(clause) <= LONG and not re.search("[。；]", clause)


def join_points(section: OutlineSection, points: Sequence[Point]) -> str:
    """Return the section's text: a lone point plain, a few with 一是, many with （一）.

    A first point without a headline before others that have one stands before the chain, a last
    one that begins with 此外 behind it. Each line of a point is a link.
    """
    texts = [line for point in points for line in point.text.splitlines()]
    beside = texts[-1:] if len(texts) > 1 and texts[-1].startswith(f"{OTHERS}，") else []
    headed = [bool(_HEADED.match(text)) for text in texts]
    ahead = texts[:1] if sum(headed) > 1 and not headed[0] else []
    chain = texts[len(ahead) : len(texts) - len(beside)]
    if len(chain) < 2:
        return "\n".join(texts)
    level = _chain_level(section, chain)
    lines = [render_marker(level, n) + text for n, text in enumerate(chain, 1)]
    return "\n".join([*ahead, *lines, *beside])


def join_both(section: OutlineSection, points: Sequence[Point], plans: int) -> str:
    """Return the text of a section over problems and plans: a paragraph each, the plans last."""
    first = re.split("[和与及、]", section.heading)[0]
    parts = [(f"{first}主要有：", points[: len(points) - plans]), ("下一步，", points[-plans:])]
    return "\n".join(_row(lead, part) for lead, part in parts if part)


def _row(lead: str, points: Sequence[Point]) -> str:
    texts = [line.rstrip("。") for point in points for line in point.text.splitlines()]
    if len(texts) > 1:
        level = 5 if len(texts) <= LONGEST_CHAIN else 4
        texts = [render_marker(level, n) + text for n, text in enumerate(texts, 1)]
    return lead + "；".join(texts) + "。"


def _chain_level(section: OutlineSection, chain: Sequence[str]) -> int:
    """Return the level of the points' markers: 一是 for a few, else the level below, else 1."""
    headed = all(_HEADED.match(text) for text in chain)
    if len(chain) < (MANY if headed and section.level == 1 else LONGEST_CHAIN):
        return 5
    return 2 if section.level == 1 and len(chain) < LONGEST_LIST else 3

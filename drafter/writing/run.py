"""A run: all points of an outline drafted by a model, several at once, longest first."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from drafter.domain import DraftSection, Fact, FactSheet, Notice, Outline, OutlineSection, Point
from drafter.planning.outline import expected_length
from drafter.planning.points import plan_points
from drafter.writing.asking import Asking, estimate_tokens
from drafter.writing.composer import join_points
from drafter.writing.desk import Desk, Drafted, Group, Task
from drafter.writing.drafting import composed, draft_point, salvaged
from drafter.writing.events import Event, Listener, StopWriting
from drafter.writing.handles import clause_of
from drafter.writing.material import pieces
from drafter.writing.mending import fits
from drafter.writing.verify import sentences_told

FACT_TOKENS = 600  # tokens of facts a call: small models have contexts of 2,000 or 4,000
_BARE: dict[str, Any] = {"figures": (), "dates": (), "entities": ()}
PACKED = 3  # facts of short points a call: more cost less, but share less of the prompt
TICK = 0.5  # seconds between two "waiting" events
ONE_A_FACT = frozenset({"problems", "plan"})
STOPPED = "已按要求停止。"


Done = dict[Task, list[Drafted]]


@dataclass
class Ear:
    """Passes events on to the caller, and remembers that the caller wants to stop."""

    on_event: Listener
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    def __call__(self, event: Event) -> None:
        """Tell the caller; what its listener raises stops the run."""
        if self.stopped.is_set():
            return
        try:
            self.on_event(event)
        except StopWriting:
            self.stopped.set()
        except Exception as error:  # noqa: BLE001 - a caller's listener; raised again at the end
            self.error = error
            self.stopped.set()


def tasks_of(
    outline: Outline, facts: FactSheet, count: Callable[[str], int] = estimate_tokens
) -> list[Task]:
    """Return the points to draft, in reading order; ``count`` counts tokens."""
    known = facts.by_id()
    tasks: list[Task] = []
    for index, section in enumerate(outline.sections):
        mine = [known[i] for i in dict.fromkeys(section.fact_ids) if i in known]
        tasks += _aimed(section, _section_tasks(index, section, mine, count))
    return tasks


def _section_tasks(
    index: int, section: OutlineSection, facts: Sequence[Fact], count: Callable[[str], int]
) -> list[Task]:
    groups = [part for group in _groups(section, facts) for part in _within(group, count)]
    framed = section.function in ONE_A_FACT
    return [
        Task(index, n, section.heading, tuple(packed), framed=framed)
        for n, packed in enumerate(_packed(groups))
    ]


def _within(group: Group, count: Callable[[str], int]) -> list[Group]:
    """Part a group whose facts are too long for one call; what was one point stays one."""
    parts: list[list[Fact]] = [[]]
    for fact in group.facts:
        for text in pieces(fact.text, FACT_TOKENS, count):
            piece = fact if text == fact.text else replace(fact, text=text, **_BARE)
            if parts[-1] and count("".join(f.text for f in [*parts[-1], piece])) > FACT_TOKENS:
                parts.append([])
            parts[-1].append(piece)
    return [
        Group(tuple(part), "" if n else group.headline, continues=n > 0 or group.continues)
        for n, part in enumerate(parts)
    ]


def _groups(section: OutlineSection, facts: Sequence[Fact]) -> list[Group]:
    """Return the points of a section; problems and plans are one point a fact."""
    if section.function in ONE_A_FACT:
        return [Group((fact,)) for fact in facts]
    plans = plan_points(facts, heading=section.heading)
    several = sum(bool(plan.headline) for plan in plans) > 1
    return [Group(p.facts, p.headline if several else "", p.continues) for p in plans]


def _packed(groups: Sequence[Group]) -> list[list[Group]]:
    """Put short points that stand together into one call."""
    calls: list[list[Group]] = []
    for group in groups:
        last = calls[-1] if calls else []
        together = sum(len(other.facts) for other in last) + len(group.facts)
        ids = {fact.id for other in [*last, group] for fact in other.facts}
        if last and together <= PACKED and len(ids) == together:
            last.append(group)
        else:
            calls.append([group])
    return calls


def _aimed(section: OutlineSection, tasks: Sequence[Task]) -> list[Task]:
    """Give each task its length: as its facts need, or its share of the length asked for."""
    needs = [sum(len(clause_of(fact)) + 1 for fact in task.facts) for task in tasks]
    fixed = sum(len(group.headline) + 3 for task in tasks for group in task.groups)
    asked = asked_length(section, [fact for task in tasks for fact in task.facts])
    scale = max(0.5, (asked - fixed) / max(1, sum(needs))) if asked else 1.1
    return [
        replace(task, length=max(20, round(need * scale)), strict=bool(asked))
        for task, need in zip(tasks, needs, strict=True)
    ]


def asked_length(section: OutlineSection, facts: Sequence[Fact]) -> int:
    """Return the length that a person asked for, 0 where the outline's own estimate stands.

    The estimate is no wish; asking a model for it would have it pad.
    """
    estimate = _estimate(section.heading, section.function, tuple(facts))
    return 0 if section.length == estimate else section.length


_estimate = lru_cache(maxsize=256)(expected_length)


async def draft_all(tasks: Sequence[Task], desk: Desk, ear: Ear) -> Done:
    """Draft the tasks, longest first, as many at once as the asker takes.

    Stopped, the rest is composed. Raises the ModelError of a first call that shows that the
    endpoint cannot be used at all.
    """
    done: Done = {}
    queue = sorted(tasks, key=lambda task: -task.length)
    under_way: set[Task] = set()

    async def work() -> None:
        while queue and desk.asking.fatal is None:
            task = queue.pop(0)
            under_way.add(task)
            done[task] = await draft_point(task, desk)
            under_way.discard(task)
            _tell(task, done[task], ear)

    workers = []
    for _ in range(min(desk.asking.at_once, len(tasks))):
        workers.append(asyncio.ensure_future(work()))
        await asyncio.sleep(0)  # the longest call goes out before the next prompt is made
    await until(workers, ear, desk.asking)
    if desk.asking.fatal is not None:
        raise desk.asking.fatal
    for task in under_way:
        done[task] = salvaged(task, desk, STOPPED)
    return {task: done[task] if task in done else composed(task, STOPPED) for task in tasks}


def _tell(task: Task, drafted: Sequence[Drafted], ear: Ear) -> None:
    for notice in dict.fromkeys(one.point.notice for one in drafted if one.point.notice):
        ear(Event("notice", task.section, task.number, notice))
    text = "".join(one.point.text for one in drafted)
    ear(Event("point", task.section, task.number, text))


async def until(workers: Sequence[asyncio.Future[Any]], ear: Ear, asking: Asking) -> None:
    """Wait for the workers, telling the caller that we wait; cancel them when it wants to stop."""
    pending = set(workers)
    try:
        while pending and not ear.stopped.is_set() and asking.fatal is None:
            finished, pending = await asyncio.wait(
                pending, timeout=TICK, return_when=asyncio.FIRST_COMPLETED
            )
            for worker in finished:
                worker.result()
            ear(Event("waiting", text=_waiting(asking)))
    finally:
        asking.stopping = True
        await _cancelled(pending)


async def _cancelled(workers: set[asyncio.Future[Any]]) -> None:
    """Cancel until all have ended: ``wait_for`` may swallow one (Python before 3.12, bpo-37658)."""
    pending = workers
    while pending:
        for worker in pending:
            worker.cancel()
        _, pending = await asyncio.wait(pending, timeout=TICK)
    await asyncio.gather(*workers, return_exceptions=True)


def _waiting(asking: Asking) -> str:
    left = float(getattr(asking.ask, "waiting", 0.0))
    return f"模型端点繁忙，{left:.0f}秒后再试" if left >= 1 else ""


def sections_of(outline: Outline, done: Done, empty: Sequence[str]) -> list[DraftSection]:
    """Put the points together to sections; ``empty`` are the texts of sections without points."""
    by_section: dict[int, list[Point]] = defaultdict(list)
    told: set[str] = set()
    for task, drafted in done.items():
        for one in drafted:
            fresh, told = sentences_told(one.point, told)
            mine = by_section[task.section]
            if one.group.continues and mine:
                mine[-1] = merged(mine[-1], fresh)
            else:
                mine.append(fresh)
    return [
        _section(section, by_section.get(index, []), empty[index])
        for index, section in enumerate(outline.sections)
    ]


def merged(first: Point, second: Point) -> Point:
    """Return two points as one; it is a model's if either is."""
    leading = first if first.origin == "model" else second
    notice = "；".join(dict.fromkeys(n for n in (first.notice, second.notice) if n))
    return replace(
        leading,
        text=first.text + second.text,
        fact_ids=tuple(dict.fromkeys((*first.fact_ids, *second.fact_ids))),
        notice=notice,
    )


def _section(section: OutlineSection, points: list[Point], empty: str) -> DraftSection:
    if not points:
        return DraftSection(section.heading, section.level, empty)
    return DraftSection(
        section.heading,
        section.level,
        join_points(section, points),
        tuple(dict.fromkeys(fact_id for point in points for fact_id in point.fact_ids)),
        points=tuple(points),
    )


def notices_of(done: Done, outline: Outline) -> list[Notice]:
    """Return what a person should know of a run: where and why the composer stepped in.

    One notice a reason, with the sections it happened in.
    """
    reasons: dict[tuple[str, str], list[tuple[str, Point]]] = defaultdict(list)
    for task, drafted in done.items():
        heading = outline.sections[task.section].heading
        for one in drafted:
            if one.point.notice:
                reasons[one.point.notice, one.point.origin].append((heading, one.point))
    return [_notice(reason, origin, told) for (reason, origin), told in reasons.items()]


def length_notices(
    outline: Outline, sections: Sequence[DraftSection], facts: FactSheet
) -> list[Notice]:
    """Return where a length that a person asked for was not met, and why."""
    known = facts.by_id()
    notices = []
    for planned, section in zip(outline.sections, sections, strict=True):
        wanted = asked_length(planned, [known[i] for i in planned.fact_ids if i in known])
        length = len(section.text)
        if wanted and section.fact_ids and not fits(length, wanted):
            way = "少于" if length < wanted else "多于"
            text = f"“{section.heading}”写成{length}字，{way}要求的{wanted}字："
            text += f"素材有{len(section.fact_ids)}条，"
            text += "请补充素材。" if length < wanted else "可减少素材或放宽字数。"
            notices.append(Notice("length", text, fact_ids=section.fact_ids))
    return notices


def _notice(reason: str, origin: str, told: Sequence[tuple[str, Point]]) -> Notice:
    headings = list(dict.fromkeys(heading for heading, _ in told))
    named = "".join(f"“{heading}”" for heading in headings[:3])
    where = f"{named}等{len(headings)}个栏目" if len(headings) > 3 else named
    what = (
        f"有{len(told)}个要点由程序按素材拼写" if origin == "composer" else f"有{len(told)}个要点"
    )
    facts = tuple(dict.fromkeys(fact for _, point in told for fact in point.fact_ids))
    return Notice("model_fallback", f"{where}{what}：{reason}", fact_ids=facts)

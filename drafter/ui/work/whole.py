"""What only the whole paper shows: numbering, problems without a measure, open slots, facts not
used, tasks not answered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafter.checking import unanswered_tasks, unused_facts
from drafter.checking.context import find_mentions
from drafter.checking.document import check_document
from drafter.checking.form import check_form
from drafter.chinese.normalise import fold
from drafter.domain import Draft, Evidence, Finding
from drafter.planning.tasks import parse_tasks
from drafter.ui.work.sections import Paper, SectionView, draft_of

SLOT = re.compile(r"【待[补核定][^【】\n]*】")
OPEN_SLOT = "这里还空着：补上内容，删去括号；不再需要就整处删去。"
UNUSED, UNANSWERED, FRAME = "unused_fact", "unanswered_task", "open_frame"
"""Labels of the page's own: what they speak of has no place in the text."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding with the section it lies in ("" for none) and its lasting key.

    Offsets are into the section's text; ``inside`` is False where it lies in the heading or has no
    place in the text at all.
    """

    section: str
    key: str
    finding: Finding
    inside: bool = True


Placed = tuple[Finding, bool]
"""A finding and whether it lies inside the section's text."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole shows, by section; ``gaps`` are facts not used and tasks not answered.

    ``texts`` are those of the sections it was judged on.
    """

    placed: Mapping[str, tuple[Placed, ...]]
    gaps: tuple[Marked, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    def placed_in(self, view: SectionView) -> tuple[Placed, ...]:
        """Return what lies in a section, nothing where its text has changed since."""
        same = self.texts.get(view.key) == view.text
        return self.placed.get(view.key, ()) if same else ()


NOTHING = Whole({}, ())


def judge_whole(paper: Paper, evidence: Mapping[str, Sequence[Evidence]]) -> Whole:
    """Judge a paper as one; ``evidence`` is that of its sections by key."""
    draft = draft_of(paper)
    placed: dict[str, list[Placed]] = {}
    for finding in _across(draft, paper):
        key, moved, inside = _home(finding, draft, paper)
        if key and not _is_sourced(moved, evidence.get(key, ()), inside):
            placed.setdefault(key, []).append((moved, inside))
    for view in paper.sections:
        placed.setdefault(view.key, []).extend((slot, True) for slot in _slots(view.text))
    found = [item for items in evidence.values() for item in items]
    gaps = (*_unused(draft, paper, found), *_unanswered(draft, paper), *_frame(draft))
    texts = {view.key: view.text for view in paper.sections}
    return Whole({key: tuple(found) for key, found in placed.items()}, gaps, texts)


def _across(draft: Draft, paper: Paper) -> list[Finding]:
    numbering = [f for f in check_form(draft.text) if f.label == "numbering"]
    folded = fold(draft.text)
    known = "\n".join(fact.text for fact in paper.sheet)
    found = check_document(folded, find_mentions(folded, paper.year), known, {})
    return [*numbering, *(f for f in found if f.label == "inconsistency")]


def _is_sourced(finding: Finding, evidence: Iterable[Evidence], inside: bool) -> bool:
    """Tell whether a figure comes from a fact: then two facts differ, and that is said there."""
    if finding.label != "inconsistency" or not inside:
        return False
    return any(e.fact_ids and e.start == finding.start and e.end == finding.end for e in evidence)


def _home(finding: Finding, draft: Draft, paper: Paper) -> tuple[str, Finding, bool]:
    """Return the section of a finding, the finding moved into it, and whether it lies inside."""
    starts = body_starts(draft)
    at = max((i for i, start in enumerate(starts) if start <= finding.start), default=-1)
    if at < 0:
        return "", finding, False
    start, text = starts[at], draft.sections[at].text
    inside = finding.end <= start + len(text)
    key = paper.sections[at if inside or at + 1 == len(starts) else at + 1].key
    return key, moved(finding, -start) if inside else finding, inside


def body_starts(draft: Draft) -> list[int]:
    """Return where the body of each section starts in the draft's text."""
    found, at = [], len(draft.title)
    for section in draft.sections:
        line = f"{section.marker}{section.heading}"
        at = draft.text.find(line, at) + len(line)
        at = draft.text.find(section.text, at) if section.text else at
        found.append(at)
        at += len(section.text)
    return found


def moved(finding: Finding, by: int) -> Finding:
    """Return a finding at another offset."""
    return replace(finding, start=finding.start + by, end=finding.end + by)


# --------------------------------------------------------------------------- gaps


def _slots(text: str) -> Iterator[Finding]:
    """Yield the slots that are still open: the check takes them for no fault, a reader would."""
    for match in SLOT.finditer(text):
        yield Finding(*match.span(), match[0], "placeholder", "confirm", OPEN_SLOT)


def _frame(draft: Draft) -> Iterator[Marked]:
    """Yield what the title still lacks: who reads the paper sees it first."""
    for slot in dict.fromkeys(match[0] for match in SLOT.finditer(draft.title)):
        message = "文稿标题里还空着：到“资料”填上单位、报告期，或直接改标题。"
        finding = replace(_gap(FRAME, slot, message), severity="hint")
        yield Marked("", _key(FRAME, slot), finding, False)


def _unused(draft: Draft, paper: Paper, evidence: Iterable[Evidence]) -> Iterator[Marked]:
    """Yield the facts no text uses; one whose section is still to be written can wait."""
    written = [view for view in paper.sections if view.text]
    if not written:
        return
    homes = {i: view for view in paper.sections for i in view.outline.fact_ids}
    known = paper.sheet.by_id()
    for number in unused_facts(draft.text, evidence, paper.sheet):
        home = homes.get(number)
        if home is None or home.text:
            text = known[number].text
            finding = _gap(UNUSED, text, _where(home), (number,))
            yield Marked(home.key if home else "", _key(UNUSED, f"{number}|{text}"), finding, False)


def _where(home: SectionView | None) -> str:
    if home is None:
        return "这条素材没有写进正文，也没有归入任何一节。"
    return f"这条素材归在“{home.marker}{home.outline.heading}”，但正文里没有用到。"


def _unanswered(draft: Draft, paper: Paper) -> Iterator[Marked]:
    """Yield the tasks that no section takes up, once all sections are written."""
    if not all(view.text or view.is_container for view in paper.sections):
        return
    tasks, _ = parse_tasks(paper.settings.get("tasks", ""))
    for task in unanswered_tasks(draft.text, [task.heading for task in tasks]):
        message = "上级要求写这一项，正文的标题和段首都没有回应。"
        yield Marked("", _key(UNANSWERED, task), _gap(UNANSWERED, task, message), False)


def _gap(label: str, text: str, message: str, ids: Sequence[str] = ()) -> Finding:
    return Finding(0, 0, text, label, "confirm", message, fact_ids=tuple(ids))


def _key(label: str, name: str) -> str:
    return hashlib.sha256(f"{label}|{name}".encode("utf-8", "replace")).hexdigest()[:16]

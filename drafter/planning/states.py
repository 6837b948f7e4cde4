"""Whether a fact tells of work, of a problem or of a plan: which section of a paper takes it."""

from __future__ import annotations

import re

from drafter.domain import Fact, OutlineSection

_PLAN = re.compile(
    r"(?:努力方向|改进措施|(?:意见)?建议|(?:下一?步|今后|明年|20\d\d年)(?:工作)?(?:打算|计划|安排|目标)?)\s*[：:]"
)
_BOTH = re.compile(r"(?:问题|不足|困难|短板).*(?:打算|计划|安排|下一?步)")
_DONE_FIRST = re.compile(r"[^，,；;。]*?\d.*[，,；;。]\s*(?:剩|余|其余|还剩|还有|尚有|另有)")


def kind_of(fact: Fact) -> str:
    """Return problems, plan, or "" for work.

    Work done with a remainder still to come (抢通33处，剩余3处12月前完工) is work.
    """
    if fact.state == "problem":
        return "problems"
    if fact.state == "planned":
        return "" if _DONE_FIRST.match(fact.text) else "plan"
    return "plan" if _PLAN.match(fact.text) else ""


def takes_both(section: OutlineSection) -> bool:
    """Tell a heading over problems and plans together (存在的问题和下一步打算)."""
    open_work = section.function in {"problems", "plan"}
    return open_work and _BOTH.search(section.heading) is not None

"""Whether a fact tells of work, of a problem or of a plan: which section of a paper takes it."""

from __future__ import annotations

import re

from drafter.domain import Fact

_PLAN = re.compile(
    r"(?:努力方向|改进措施|(?:意见)?建议|(?:下一?步|今后|明年)(?:工作)?(?:打算|计划|安排|目标)?)\s*[：:]"
)
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

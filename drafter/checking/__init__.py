"""The check: every figure, date, name, title and quote of a text against the facts."""

from drafter.checking.checker import Checker, Report, check, examine
from drafter.checking.document import unanswered_tasks, unused_facts
from drafter.checking.wording import extend_calendar

__all__ = [
    "Checker",
    "Report",
    "check",
    "examine",
    "extend_calendar",
    "unanswered_tasks",
    "unused_facts",
]

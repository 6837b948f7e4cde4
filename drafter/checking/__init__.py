"""The check: every figure, date, name, title and quote of a text against the facts."""

from drafter.checking.checker import Checker, Report, check, examine

__all__ = ["Checker", "Report", "check", "examine"]

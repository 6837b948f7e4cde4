"""What a model's drafts are worth, beside the composer and beside one prompt for everything."""

from drafter.evaluating.cases import Case, cases_in, cases_of
from drafter.evaluating.rows import Row
from drafter.evaluating.run import evaluate, run

__all__ = ["Case", "Row", "cases_in", "cases_of", "evaluate", "run"]

"""From an outline to a draft: the composer, or a model by handles, with the composer behind it."""

from drafter.writing.write import write

__all__ = ["write"]

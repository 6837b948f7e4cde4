"""From an outline to a draft: the composer, or a model by handles, with the composer behind it."""

from drafter.writing.editing import Candidate, Edit, rewrite_section
from drafter.writing.events import Event, StopWriting
from drafter.writing.headings import parallel_headings
from drafter.writing.write import awrite, write, write_section

__all__ = [
    "Candidate",
    "Edit",
    "Event",
    "StopWriting",
    "awrite",
    "parallel_headings",
    "rewrite_section",
    "write",
    "write_section",
]

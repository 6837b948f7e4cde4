"""Reading: bytes → clean text, paragraphs and tables, with every limit on hostile files.

Libraries know the formats; what they are given has been checked and stripped here first.
"""

from __future__ import annotations

import logging

from drafter.reading.files import (
    read_bytes,
    read_bytes_as_text,
    read_document,
    read_many,
    read_text,
)
from drafter.reading.limits import DEFAULT, Limits
from drafter.reading.names import safe_name, unique_name
from drafter.reading.record import ReadDocument, ReadFiles, Refused

logging.getLogger(__name__).addHandler(logging.NullHandler())  # an edge decides what is shown

__all__ = [
    "DEFAULT",
    "Limits",
    "ReadDocument",
    "ReadFiles",
    "Refused",
    "read_bytes",
    "read_bytes_as_text",
    "read_document",
    "read_many",
    "read_text",
    "safe_name",
    "unique_name",
]

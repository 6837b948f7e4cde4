"""What the libraries raise on files that are not what they should be (found by mutating files)."""

from __future__ import annotations

BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # XML errors are of this family
    TypeError,
    ValueError,
)

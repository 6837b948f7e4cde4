"""Long material cut for a model's context, at the ends of Chinese sentences and clauses.

langchain-text-splitters does the cutting; it is loaded only where something is too long.
"""

from __future__ import annotations

from collections.abc import Callable

SEPARATORS = ["\n", "。", "！", "？", "；", "，", "、", ""]
"""Where to cut, the best place first. A piece keeps the mark that it ends with."""


def pieces(text: str, limit: int, count: Callable[[str], int]) -> list[str]:
    """Cut a text into pieces of at most ``limit`` tokens as ``count`` counts them.

    Joined, the pieces are the text again. A text within the limit is one piece.
    """
    if count(text) <= limit:
        return [text]
    from langchain_text_splitters import (  # noqa: PLC0415 - only long material needs it
        RecursiveCharacterTextSplitter,
    )

    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        keep_separator="end",
        chunk_size=limit,
        chunk_overlap=0,
        length_function=count,
        strip_whitespace=False,
    )
    return list(splitter.split_text(text))

"""Prompt templates: files in prompts/, one message each, with $variables.

All are read and checked together when first needed; what is wrong is reported at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from drafter.errors import PromptError
from drafter.resources import prompts_dir

VARIABLES: Mapping[str, frozenset[str]] = {
    "point_system": frozenset(),
    "point_example_facts": frozenset(),
    "point_example_draft": frozenset(),
    "point_user": frozenset({"facts"}),
    "point_heading": frozenset({"heading"}),
    "point_length": frozenset({"length"}),
    "point_wish": frozenset({"instruction"}),
    "again_user": frozenset({"facts"}),
    "length_user": frozenset({"now", "length"}),
    "continue_user": frozenset(),
    "repair_system": frozenset(),
    "repair_user": frozenset({"facts", "sentence", "problems"}),
    "rewrite_system": frozenset(),
    "rewrite_user": frozenset({"heading", "facts", "text", "instruction", "length"}),
    "rewrite_shorter": frozenset(),
    "rewrite_longer": frozenset(),
    "rewrite_other": frozenset(),
    "headings_system": frozenset(),
    "headings_user": frozenset({"count", "topics", "pattern"}),
    "plain_user": frozenset({"title", "headings", "sample", "facts"}),
}
"""Every template and the variables that it must use, all of them."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The checked templates. ``version`` is a hash of all their texts (twelve hex digits)."""

    texts: Mapping[str, str]
    version: str

    def text(self, name: str, **values: object) -> str:
        """Return a template filled in; a value is put in as it is, ``$`` and all."""
        return Template(self.texts[name]).substitute({k: str(v) for k, v in values.items()})

    @property
    def instructions(self) -> str:
        """All that we say to a model, to be recognised where it comes back as an answer."""
        return "\n".join(re.sub(r"\$\w+", "", text) for text in self.texts.values())


def load_prompts(folder: Path) -> Prompts:
    """Read and check all templates of a folder.

    Raises PromptError that names every missing file, and every variable missing or unknown.
    """
    texts: dict[str, str] = {}
    faults: list[str] = []
    for name, wanted in VARIABLES.items():
        try:
            texts[name] = (folder / f"{name}.txt").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            faults.append(f"{name}.txt 缺失或读不出来")
            continue
        faults += _faults(name, texts[name], wanted)
    if faults:
        raise PromptError(f"提示词模板有误，请恢复 prompts 文件夹：{'；'.join(faults)}。")
    joined = "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts))
    return Prompts(texts, hashlib.sha256(joined.encode()).hexdigest()[:12])


def _faults(name: str, text: str, wanted: frozenset[str]) -> list[str]:
    template = Template(text)
    found = {m["named"] or m["braced"] for m in template.pattern.finditer(text)} - {None}
    faults = [f"{name}.txt 缺少变量 ${variable}" for variable in sorted(wanted - found)]
    faults += [f"{name}.txt 有不认识的变量 ${variable}" for variable in sorted(found - wanted)]
    if any(m["invalid"] is not None for m in template.pattern.finditer(text)):
        faults.append(f"{name}.txt 里有写错的 $")
    return faults


@cache
def default_prompts() -> Prompts:
    """Return the project's own templates, read once. Raises PromptError."""
    return load_prompts(prompts_dir())

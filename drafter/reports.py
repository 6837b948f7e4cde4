"""Records as JSON, with the names of the public contract (design: public surface)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from drafter.domain import Draft, FactSheet, Finding

JsonObject = dict[str, Any]


def to_json(value: JsonObject) -> str:
    """Return UTF-8 ready JSON text, Chinese as it stands, with a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"


def draft_report(draft: Draft) -> JsonObject:
    """Return the JSON object of a draft."""
    return {
        "title": draft.title,
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "text": section.text,
                "fact_ids": list(section.fact_ids),
            }
            for section in draft.sections
        ],
        "text": draft.text,
        "findings": findings_report(draft.findings),
        "unused_facts": list(draft.unused_facts),
        "facts": facts_report(draft.facts),
        "writer": draft.writer,
        "usage": asdict(draft.usage),
        "notices": [notice.message for notice in (*draft.facts.notices, *draft.notices)],
    }


def facts_report(facts: FactSheet) -> list[JsonObject]:
    """Return the facts as JSON objects: id, text, and where each comes from."""
    return [
        {
            "id": fact.id,
            "text": fact.text,
            "office": fact.office,
            "source": f"{fact.source.file} {fact.source.place}".strip(),
        }
        for fact in facts
    ]


def findings_report(findings: Iterable[Finding]) -> list[JsonObject]:
    """Return the findings as JSON objects."""
    names = ("start", "end", "text", "label", "severity", "message", "suggestion")
    return [
        {**{name: getattr(finding, name) for name in names}, "fact_ids": list(finding.fact_ids)}
        for finding in findings
    ]


def blocks(findings: Sequence[Finding]) -> bool:
    """Tell whether one of the findings blocks."""
    return any(finding.severity == "block" for finding in findings)

"""The metadata that 《人工智能生成合成内容标识办法》 (in force 2025-09-01, art. 5) asks of a file.

Its fields are those of GB 45438-2025: whether generated, by whom, under which number.
"""

from __future__ import annotations

import hashlib
import json

from drafter.domain import Draft
from drafter.exporting.profile import Profile

GENERATED = "1"  # Label: 1 generated, 2 possibly, 3 suspected


def aigc(draft: Draft, own: str, profile: Profile) -> str:
    """Return the metadata as JSON, "" where the label is off. Its number is the text's hash."""
    if not profile.ai_label.strip():
        return ""
    number = hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:32]
    fields = {
        "Label": GENERATED,
        "ContentProducer": f"township-drafter/{draft.writer}"[:100],
        "ProduceID": number,
        "ReservedCode1": "",
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }
    return json.dumps(fields, ensure_ascii=False)

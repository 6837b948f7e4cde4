"""The label of 《人工智能生成合成内容标识办法》 (in force 2025-09-01), art. 4 and 5.

One is to read (art. 4), one in the metadata (art. 5). Art. 3 asks both of content that artificial
intelligence made. Text that the composer joins from an office's own facts by fixed rules is none,
and to mark it would be false: so only a paper in which a model wrote a piece bears them, unless
the profile says otherwise. The metadata's fields are those of GB 45438-2025: whether generated, by
whom, under which number.
"""

from __future__ import annotations

import hashlib
import json

from drafter.domain import Draft
from drafter.exporting.profile import Profile

GENERATED = "1"  # Label: 1 generated, 2 possibly, 3 suspected
COMPOSER, MODEL = "composer", "model"  # a draft's writer, a point's origin


def is_labelled(draft: Draft, profile: Profile) -> bool:
    """Tell whether a paper bears the label, for eye and machine alike."""
    if profile.ai_label_on == "never" or not profile.ai_label.strip():
        return False
    return profile.ai_label_on == "always" or is_by_model(draft)


def is_by_model(draft: Draft) -> bool:
    """Tell whether a model wrote a piece of the draft, edited since or not.

    A model that was set but failed throughout wrote none: every point is the composer's then.
    """
    origins = {point.origin for section in draft.sections for point in section.points}
    return MODEL in origins or (draft.writer != COMPOSER and origins != {COMPOSER})


def aigc(draft: Draft, own: str, profile: Profile) -> str:
    """Return the metadata as JSON, "" for a paper without label. Its number is the text's hash."""
    if not is_labelled(draft, profile):
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

"""The date that a file bears. There is no clock here: it comes from the draft or the caller."""

from __future__ import annotations

import re
from datetime import date

from drafter.domain import Draft
from drafter.exporting.signature import date_line

UNDATED = "2025-01-01T00:00:00Z"  # of a draft without an issue date, where the caller gives none
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def created_at(draft: Draft, today: date | None = None) -> str:
    """Return the file's date as W3CDTF: the issue date, else ``today``, else a fixed one."""
    match = _DATE.search(date_line(draft.issue_date))
    if match:
        year, month, day = (int(part) for part in match.groups())
        try:
            return f"{date(year, month, day).isoformat()}T00:00:00Z"
        except ValueError:  # 2月30日: a date that a person must correct, no reason to fail
            pass
    return f"{today.isoformat()}T00:00:00Z" if today else UNDATED

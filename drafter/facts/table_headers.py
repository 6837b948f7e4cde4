"""What stands above a table's rows: title and remarks, then the header, in one row or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.facts.months import months_of, within
from drafter.facts.table_cells import (
    Cells,
    at,
    filled,
    is_banner,
    is_day,
    is_form_row,
    is_number,
    is_share,
    is_statement_row,
    kind_of,
)
from drafter.facts.units import is_measure, split_measure

_DEEPEST = 4  # rows of a header
_FEWEST_SIGNED = 2
_ONLY_COUNTS = frozenset({"数量", "数值", "数"})
_STEMS = frozenset("乙丙丁戊己庚")
_UNIT = r"[^\s，,；;、/／（）()]{1,6}"
UNIT_LINE = re.compile(rf"(?:计量)?单位\s*(?:[：:]|均?为)\s*({_UNIT}(?:[、，,/／]{_UNIT})*)")
_REMARK = re.compile(r"(?!其中)[\u4e00-\u9fff]{1,6}\s*[：:].*|截[至止].{2,16}")  # 填表人：周敏
_CAPTION_WORDS = re.compile(
    "(?:基本|进展|完成|推进|开展)?(?:情况|进度|统计表?|一览表?|汇总表?|表)$"
)
_SAYS_NOTHING = re.compile("(?:基本|进展|推进|工作)?(?:情况|进度|进展)")


def lead_rows(rows: Sequence[Cells], given: Sequence[int]) -> list[int]:
    """Return the rows above the header that are no part of it: the title, 单位：万元, 填报人：…"""
    lead = []
    for i in given[:-1]:
        texts = list(dict.fromkeys(filled(rows[i])))
        if len(texts) > 1 and not _is_remark(texts):
            break
        lead.append(i)
    return lead if len(lead) < len(given) - 1 else []


def _is_remark(texts: Sequence[str]) -> bool:
    if any(map(is_number, texts)):
        return False
    unit_line = any(UNIT_LINE.match(text.lstrip("（(")) for text in texts) and len(texts) <= 3
    return unit_line or all(_REMARK.fullmatch(text) for text in texts)


def rows_aside(rows: Sequence[Cells], rest: Sequence[int]) -> list[int]:
    """Return the rows below the title that hold no data and are no part of the header.

    Statistical forms number their columns under the header (甲 | 乙 | 1 | 2), and are signed below,
    a note under the signatures or not (单位负责人：邓华 | 填表人：罗敏 | 2026年9月30日).
    """
    lettered = [i for i in rest[1 : _DEEPEST + 1] if _is_lettering(filled(rows[i]))]
    signed = []
    for i in reversed(rest[2:]):
        texts = list(dict.fromkeys(filled(rows[i])))
        if len(texts) == 1 and is_banner(rows[i]):
            continue
        if not _is_signed(texts):
            break
        signed.append(i)
    return [*lettered, *sorted(signed)] if len(signed) < _DEEPEST else lettered


def _is_signed(texts: Sequence[str]) -> bool:
    """Tell whether a row says who made the table and when: 填表人：周敏 | 2026年9月30日."""
    dates = [text for text in texts if is_day(text)]
    signs = [text for text in texts if _REMARK.fullmatch(text)]
    return bool(signs) and len(signs) + len(dates) == len(texts) >= _FEWEST_SIGNED


def _is_lettering(cells: Sequence[str]) -> bool:
    opened = len(cells) > 1 and cells[0] in {"甲", "栏次"}
    return opened and all(cell.isdigit() or cell in _STEMS for cell in cells[1:])


def header_depth(rows: Sequence[Cells], rest: Sequence[int], width: int) -> int:
    """Return how many of the first rows (``rest``: indices) are the header, 0 in a bare list.

    A row belongs to the header above it where it parts one of its merged names, or names measures.
    """
    if width == 1:
        named = bool(rest) and bool(kind_of(rows[rest[0]][0].strip()))
        return 1 if named and len(rest) > 1 and len(rows[rest[0]][0].strip()) <= 6 else 0
    if len(rest) < 2 or not _may_name(rows[rest[0]]) or is_form_row(rows[rest[0]]):
        return 0
    depth = 1
    while depth < min(_DEEPEST, len(rest) - 1) and _goes_on(rows, rest[:depth], rest[depth], width):
        depth += 1
    return depth


def _may_name(row: Cells) -> bool:
    return not any(map(is_number, row)) and not is_statement_row(row)


def _goes_on(rows: Sequence[Cells], above: Sequence[int], i: int, width: int) -> bool:
    """Tell whether row ``i`` is a part of the header whose rows ``above`` it are known."""
    row = rows[i]
    if not _may_name(row):
        return False
    upper = rows[above[-1]]
    if row == upper or _names_measures(row):
        return True
    groups = list(_groups(upper, row, width))
    parted = any(len(set(_under(row, group)) - {at(upper, group[0])}) > 1 for group in groups)
    inside = {c for group in groups for c in group}
    outside = [c for c in range(width) if c not in inside and at(upper, c)]
    return parted and all(
        at(row, c) in {"", at(upper, c)} or _is_measure(at(row, c)) for c in outside
    )


def _under(row: Cells, group: Sequence[int]) -> list[str]:
    return [name for column in group if (name := at(row, column))]


def _groups(upper: Cells, row: Cells, width: int) -> Iterator[list[int]]:
    """Yield the columns of each name that stands over several: merged, or blank cells behind it."""
    group: list[int] = []
    for column in range(width):
        name = at(upper, column)
        merged = bool(group) and name == at(upper, group[0])
        blank = bool(group) and not name and at(row, column) != ""
        if merged or blank:
            group.append(column)
            continue
        if len(group) > 1:
            yield group
        group = [column] if name else []
    if len(group) > 1:
        yield group


def _names_measures(row: Cells) -> bool:
    """Tell whether a row under a header holds nothing but its measures: （人） | （万元）."""
    cells = filled(row)
    return bool(cells) and all(map(_is_measure, cells))


def _is_measure(cell: str) -> bool:
    return is_measure(cell) or split_measure(f"数{cell}")[0] == "数"


def column_names(rows: Sequence[Cells], header: Sequence[int], width: int) -> list[str]:
    """Return each column's name, the names over it before its own: 户厕 over 任务 is 户厕任务.

    An upper name that the one below it says goes (低保情况 over 低保户数, 党员发展 over 发展党员),
    but its measure stays, if the lower one has none: 投资（万元） over 总投资 is 总投资（万元）.
    """
    levels = [_filled_up(rows, header, depth, width) for depth in range(len(header))]
    names = []
    for column in range(width):
        parts = list(dict.fromkeys(part for level in levels if (part := level[column])))
        below = [f"（{part}）" if is_measure(part) else part for part in parts[1:]]
        names.append(_joined([*parts[:1], *below]))
    return names


def _filled_up(rows: Sequence[Cells], header: Sequence[int], depth: int, width: int) -> list[str]:
    """Return one header row's names, a name also over the blank cells that it stands over."""
    names = [re.sub(r"\s+", "", at(rows[header[depth]], column)) for column in range(width)]
    if depth + 1 < len(header):
        for group in _groups(rows[header[depth]], rows[header[depth + 1]], width):
            for column in group:
                names[column] = names[group[0]]
    return names


def _is_month_of(name: str, period: str) -> bool:
    """Tell whether a name is a part of the year over it: 7月 under 三季度."""
    one, whole = months_of(name), months_of(period)
    return one is not None and whole is not None and within(one, whole)


def _joined(parts: Sequence[str]) -> str:
    if len(parts) > 1 and parts[-1] in _ONLY_COUNTS:
        parts = parts[:-1]
    kept, measure = list(parts[-1:]), ""
    for part in reversed(parts[:-1]):
        name, over = split_measure(part)
        measure = measure or over
        core = _CAPTION_WORDS.sub("", name) or name
        told = set(core) <= set(kept[0]) or _is_month_of(kept[0], core)
        if not told and not _SAYS_NOTHING.fullmatch(core):
            kept.insert(0, core)
    own = split_measure(parts[-1])[1] if parts else ""
    joined = "".join(kept)
    return joined if own or not measure or is_share(joined) else f"{joined}（{measure}）"

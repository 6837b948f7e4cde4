"""Pasted lines and chat logs → a sheet of numbered facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter.chinese.dates import find_dates
from drafter.chinese.entities import find_entities
from drafter.chinese.normalise import clean, fold
from drafter.chinese.quantities import find_figures
from drafter.domain import Fact, FactSheet, Notice, Source, Span, Table
from drafter.facts.conflicts import find_conflicts
from drafter.facts.corrections import MARK, Corrected, correct, is_correction
from drafter.facts.days import has_days, with_dates, with_days
from drafter.facts.describe import main_figure, period_of, state_of, subject_of
from drafter.facts.grids import Layout, lay_out
from drafter.facts.line import Line
from drafter.facts.lines import listed_lines, read_lines
from drafter.facts.markup import struck_out, veiled
from drafter.facts.renewals import renewal, renewing_until, starred
from drafter.facts.senders import opens_chat, said_by
from drafter.facts.split import split_statements, strip_bullet, tidy, without_levels
from drafter.facts.spoken import answered, punctuated
from drafter.facts.table_blocks import blocks
from drafter.facts.table_rows import has_rates, read_rows
from drafter.facts.talk import is_between, without_answer
from drafter.facts.totals import check_totals
from drafter.facts.units import carry_measures
from drafter.facts.unmeasured import check_measures

_UNIT = re.compile(r"(?:[\u4e00-\u9fff]{2,3}县)?([\u4e00-\u9fff]{2,3}?(?:镇|乡|街道|苏木))")
_ABOUT = re.compile("^(?:关于|对)")
_YEAR = re.compile(
    r"20\d\d\s?年度?(?:[上下]半年|第?[一二三四1-4]季度|前[一二三123]个?季度|前\d{1,2}个月"
    r"|\d{1,2}\s?[-—~至到]\s?\d{1,2}月份?)?"
)
_INTERNAL = re.compile("[（(](?:内部|内部掌握|仅供内部|不公开|不对外|勿外传)[）)]")
_OUR_VILLAGE = re.compile("我们村|我村|本村")
_VILLAGE = re.compile("[\u4e00-\u9fff]{2,5}?(?:村|社区)")
_TOTAL = re.compile(
    r"(?:一共|合计|总计|共计|共)[\d〇一二两三四五六七八九十百千万０-９.．,]{1,10}\S{0,4}"
)
_ONLY_A_DATE = re.compile(
    r"(?:预计|计划|力争)?(?:今年|明年|本月|下月)?(?:\d{1,2}月)?"
    r"(?:\d{1,2}[日号]|底|初|中旬|上旬|下旬)?(?:之前|以前|前)"
)
_OWN_NAME = re.compile("[^：:，,。；;0-9]{2,6}[：:]")
_LISTED_TAGS = 2
_ADDED = re.compile("^(?:更新|补充|补报|补)(?:一下|下)?[，,：:]\\s*")
_HINTING = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）]?[、.．)）]?\s*)?"
    "(?P<label>(?:存在的?|主要)?(?:问题|困难|不足|短板)(?:[和与及](?:不足|困难|建议|原因))?"
    "|(?:明[日天年]|下(?:一?步|周|个?月|季度|阶段|半年)|来年|今后)(?:工作)?(?:重点|打算|计划|安排|任务|思路)(?:工作)?"
    "|工作(?:打算|计划))[：:。]\\s*(?=\\S)"
)


@dataclass
class _Reading:
    """What has been read so far, while the lines go by."""

    source: str
    period: str
    facts: list[Fact] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    left: list[Span] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    without_rates: list[tuple[str, ...]] = field(default_factory=list)
    office: str = ""
    hint: str = ""
    heading: Line | None = None
    caption: str = ""
    listed: frozenset[int] = frozenset()
    dotted: bool = True
    messaging: bool = False  # within a message, whose headings end with it
    signed: int = 0  # how many facts stand above the last signature
    renewing: bool = False  # within a message that makes an earlier one void
    tagged: int = 0  # the last line that a tag or a sender opens
    named: tuple[int, int] = (0, 0)  # the last line said behind a name, how many in a row


def parse_facts(text: str, unit: str = "", period: str = "", source: str = "粘贴") -> FactSheet:
    """Return the facts of pasted lines or a chat log, numbered F1, F2 … in reading order.

    ``text`` is read as it is; spans (``Fact.source``, ``not_understood``) are offsets into it.
    Every line that is not blank is a fact, an office's tag or sender (``tags``), a heading over
    facts (``section_hint``), or in ``not_understood``. ``unit`` and ``period`` default to what
    a title line says, ``notices`` are the conflicts found. Raises nothing; empty text gives an
    empty sheet.
    """
    lines = read_lines(text)
    heads = [line.text for line in lines if line.kind in {"title", "meta"}]
    unit, period = unit or unit_in(heads), period or period_in(heads)
    dotted = has_days(line.text for line in lines)
    reading = _Reading(source, period, listed=listed_lines(lines), dotted=dotted)
    for block in _blocks(lines):
        if len(block) > 1:
            _take_table(reading, block)
        else:
            _take_in(reading, block[0])
        reading.caption = _caption(reading.caption, block[-1])
    _drop_heading(reading)
    facts = tuple(_signed(reading.facts, lines))
    return FactSheet(
        facts, unit, period, tuple(dict.fromkeys(reading.tags)), tuple(reading.left),
        (*reading.notices, *find_conflicts(facts, reading.without_rates, reading.notices)),
    )  # fmt: skip


def _signed(facts: list[Fact], lines: Sequence[Line]) -> list[Fact]:
    """Return the facts of a letter with the office that signs it, its last line but the date."""
    last = next((line for line in reversed(lines) if line.kind not in {"rule", "meta"}), None)
    if last is None or last.kind != "tag" or last.text != last.label:
        return facts
    if any(fact.office for fact in facts):
        return facts
    return [replace(fact, office=last.label) for fact in facts]


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines one by one, rows that were pasted from a table together."""
    block: list[Line] = []
    for line in lines:
        if block and (line.kind != "row" or line.number != block[-1].number + 1):
            yield block
            block = []
        if line.kind == "row":
            block.append(line)
        else:
            yield [line]
    if block:
        yield block


def _caption(above: str, line: Line) -> str:
    """Return what stands over a table that may follow: its title, 单位：户 below it."""
    if line.kind in {"title", "heading", "meta"}:
        return f"{above} {line.text}".strip()
    return above if line.kind == "rule" else ""


def _take_table(reading: _Reading, block: Sequence[Line]) -> None:
    """Take rows that were pasted from a table as the table that they were, or as several."""
    rows = [line for line in block if any(line.cells)]
    cells = tuple(line.cells for line in rows)
    table = Table(reading.source, "", cells, block[0].number, caption=reading.caption)
    reading.left += (_span(line, 0, len(line.text)) for line in block if not any(line.cells))
    for part in blocks(table):
        first = part.first_row - table.first_row
        layout = lay_out(part)
        if layout is not None:
            _take_rows(reading, part, layout, rows[first : first + len(part.rows)])


def _take_rows(reading: _Reading, table: Table, layout: Layout, lines: Sequence[Line]) -> None:
    """Take the rows of one table, ``lines`` where they stand in the text."""
    found = read_rows(table, layout)
    reading.tags += found.tags
    aside = dict.fromkeys(at for at, _ in found.left)
    reading.left += (_span(lines[at], 0, len(lines[at].text)) for at in aside)
    start, first, ids = lines[0].start, len(reading.facts), dict[int, str]()
    for statement in found.statements:
        line = lines[statement.row]
        place = Source(reading.source, f"第{line.number}行", start, line.end)
        context = (statement.office or reading.office, statement.hint or reading.hint)
        number = f"F{len(reading.facts) + 1}"
        period = statement.period_in(reading.period)
        reading.facts.append(make_fact(number, statement.text, place, context, period))
        reading.heading = reading.heading if statement.hint else None
        start = line.end
        ids.setdefault(statement.row, number)
    reading.notices += check_totals(table, layout, ids)
    reading.notices += check_measures(table, layout, reading.facts[first:])
    if not has_rates(layout):
        reading.without_rates.append(tuple(ids.values()))


def _take_in(reading: _Reading, line: Line) -> None:
    if line.kind in {"fact", "row"}:
        reading.heading = None
        _count_tagged(reading, line)
        _add_facts(reading, line)
    elif line.kind in {"tag", "sender"}:
        reading.tags.append(line.label)
        reading.office = line.label
        reading.tagged = line.number
        if line.kind == "tag" or reading.messaging:
            reading.hint = ""
            _drop_heading(reading)
        reading.renewing = False
        alone = line.text == line.label  # a name under a time
        reading.messaging = line.kind == "sender" and (alone or opens_chat(fold(line.text)))
    elif line.kind == "heading":
        _drop_heading(reading)
        reading.heading, reading.hint = line, line.label
        reading.office = line.office or (reading.office if reading.messaging else "")
        reading.tags += [line.office] if line.office else []
    elif line.kind == "signature":
        _sign(reading, line)
    else:
        reading.renewing = reading.renewing or renewing_until(line.text) == len(line.text)
        reading.left.append(Span(line.start, line.end, line.text))


def _sign(reading: _Reading, line: Line) -> None:
    """Give the facts above a signature that are nobody's yet to the one who signs."""
    mine = [at for at in range(reading.signed, len(reading.facts)) if not reading.facts[at].office]
    for at in mine:
        reading.facts[at] = replace(reading.facts[at], office=line.label)
    reading.tags += [line.label] if mine else []
    reading.signed = len(reading.facts)
    reading.left.append(Span(line.start, line.end, line.text))


def _drop_heading(reading: _Reading) -> None:
    """Show a heading without a fact under it as not understood: nothing else would keep it."""
    line = reading.heading
    if line is not None:
        reading.left.append(Span(line.start, line.end, line.text))
    reading.heading = None


def _add_facts(reading: _Reading, line: Line) -> None:
    text = veiled(line.text)
    reading.left += (_span(line, *struck) for struck in struck_out(line.text))
    opened = renewing_until(text)
    reading.renewing = reading.renewing or opened > 0
    if opened:
        reading.left.append(_span(line, 0, opened))
    spans, label = _statements(text, opened)
    outer, reading.hint = reading.hint, label or reading.hint
    for start, end in spans:
        wording = _worded(reading, text[start:end], start == 0 and line.number in reading.listed)
        if reading.messaging and len(spans) > 1 and is_between(fold(wording)):
            reading.left.append(_span(line, start, end))
            continue
        corrected = _corrected(reading, wording)
        if corrected is not None:
            wording = corrected.text
            _leave_aside(reading, line, (start, end), corrected.aside)
        speaker, wording = said_by(wording)
        office = speaker or _office_of(reading, line, wording)
        wording = _OUR_VILLAGE.sub(_village_of(office), wording)
        wording = carry_measures((with_days if reading.dotted else with_dates)(wording))
        if corrected is None and _joins_the_last(reading, wording, line):
            continue
        if not wording:
            reading.left.append(_span(line, start, end))
            continue
        place = Source(reading.source, f"第{line.number}行", line.start + start, line.start + end)
        reading.tags += [speaker] if speaker else []
        _add_fact(reading, wording, place, office, corrected)
    reading.hint = outer


def _statements(text: str, start: int) -> tuple[list[tuple[int, int]], str]:
    """Return the spans of the statements of a line from an offset on, and what they are under.

    存在问题：人手不足；设备老化 is two problems; before a single one the label stays in its words.
    """
    if start >= len(text):
        return [], ""
    under = _HINTING.match(text, start)
    first = under.end() if under else start
    parts = split_statements(text[first:])
    if under and len(parts) == 1:
        under, first, parts = None, start, split_statements(text[start:])
    return [(first + one, first + other) for one, other in parts], under["label"] if under else ""


def _worded(reading: _Reading, piece: str, listed: bool) -> str:
    """Return the wording of a statement: without its number and the answer before it."""
    piece = clean(piece)
    if reading.messaging and (mended := starred(piece)):
        return mended
    wording = tidy(strip_bullet(piece, listed))
    if not reading.dotted:
        wording = without_levels(wording)
    return punctuated(answered(_ADDED.sub("", without_answer(wording))))


def _corrected(reading: _Reading, wording: str) -> Corrected | None:
    """Return a statement that takes an earlier one's place, ``None`` where it takes none."""
    number = f"F{len(reading.facts) + 1}"
    if reading.renewing and find_figures(wording):
        return renewal(wording, number, reading.office, reading.facts)
    if is_correction(wording):
        return correct(wording, number, reading.office, reading.facts)
    return None


def _add_fact(
    reading: _Reading, wording: str, place: Source, office: str, corrected: Corrected | None
) -> None:
    number = f"F{len(reading.facts) + 1}"
    context = (office, reading.hint)
    old = corrected.replaces if corrected else None
    if old is not None:
        place = replace(place, place=f"{place.place}{MARK}{old.source.place}）")
        context = (office or old.office, reading.hint or old.section_hint)
        reading.facts[reading.facts.index(old)] = replace(old, replaced_by=number)
    reading.facts.append(make_fact(number, wording, place, context, reading.period))
    if corrected and corrected.notice:
        reading.notices.append(corrected.notice)


def _count_tagged(reading: _Reading, line: Line) -> None:
    """Count the lines in a row that are each said behind a name (水利站：…, 卫生院：…, 学校：…)."""
    last, run = reading.named
    named = reading.tagged == line.number or _OWN_NAME.match(line.text) is not None
    reading.named = (line.number, run + 1 if last == line.number - 1 else 1) if named else (0, 0)


def _office_of(reading: _Reading, line: Line, wording: str) -> str:
    """Return whose word a line is: in a list of named lines 学校：… is not the office's above."""
    other = reading.tagged != line.number and reading.named[1] > _LISTED_TAGS
    return "" if other and _OWN_NAME.match(wording) else reading.office


def _span(line: Line, start: int, end: int) -> Span:
    return Span(line.start + start, line.start + end, line.text[start:end])


def _leave_aside(reading: _Reading, line: Line, piece: tuple[int, int], aside: str) -> None:
    at = line.text.rfind(aside, *piece) if aside else -1
    if at >= 0:
        reading.left.append(_span(line, at, at + len(aside)))


def _village_of(office: str) -> str:
    """Return the village of 河湾村-马支书, for 我们村 in what he says."""
    match = _VILLAGE.match(office)
    return match[0] if match else "\\g<0>"


def _joins_the_last(reading: _Reading, wording: str, line: Line) -> bool:
    """Join 一共61.5万元 and 12月20号前 to the statement of the same sender that they complete."""
    if not reading.facts or not (_TOTAL.fullmatch(wording) or _ONLY_A_DATE.fullmatch(wording)):
        return False
    last = reading.facts[-1]
    if last.office != reading.office or last.section_hint != reading.hint:
        return False
    place = replace(last.source, end=line.end)
    context = (last.office, last.section_hint)
    text = f"{last.text}，{wording}"
    reading.facts[-1] = make_fact(last.id, text, place, context, reading.period)
    return True


def make_fact(
    fact_id: str, text: str, source: Source, context: tuple[str, str] = ("", ""), period: str = ""
) -> Fact:
    """Return a fact with all that can be read from its text; ``context`` is (office, heading).

    （内部）, （不公开） in the text is taken out of it and makes the fact internal.
    """
    text, marks = _INTERNAL.subn("", text)
    figures, dates = tuple(find_figures(text)), tuple(find_dates(text))
    main = main_figure(figures)
    office, hint = context
    return Fact(
        fact_id, text, figures, dates, tuple(find_entities(text)), hint, office, source,
        state_of(text, hint, period), subject_of(text, main) if main else "",
        period_of(dates, period_in([hint]) or period, text, main),
        marks > 0,
    )  # fmt: skip


def unit_in(texts: Iterable[str]) -> str:
    """Return the township that a title or a line such as 单位：云渡镇 names, "" if none does."""
    found = (_UNIT.search(_ABOUT.sub("", text)) for text in texts)
    return next((match[1] for match in found if match), "")


def period_in(texts: Iterable[str]) -> str:
    """Return the year (2026年) that a title names, "" if none does."""
    found = (match[0] for text in texts if (match := _YEAR.search(text)))
    return next(found, "").replace(" ", "")

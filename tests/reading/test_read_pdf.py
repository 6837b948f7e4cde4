"""PDF files: the text layer, in paragraphs, without what only the page has."""

import contextlib
import io
import logging
import shutil

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import reading
from drafter.errors import EmptyInput, TooLarge, UnreadableFile
from drafter.reading import legacy
from drafter.reading.pdf import join_lines
from drafter.reading.pdf_page import Piece, join_pieces
from drafter.resources import samples_dir

LINES = [
    "一、工作开展情况",
    "全镇共走访群众3406户，办结群众诉求",
    "228件，办结率98.5%。",
    "二、存在问题",
]


def test_wrapped_lines_are_joined_and_page_numbers_are_dropped(build):
    pages = [[*LINES[:2], "- 1 -"], [*LINES[2:], "第 2 页 共 2 页"]]
    document = reading.read_bytes(build.pdf(pages), "a.pdf")
    assert document.paragraphs == (LINES[0], LINES[1] + LINES[2], LINES[3])
    assert document.notices[0].code == "pdf_lines"


@pytest.mark.parametrize(
    "number", ["1", "- 12 -", "— 3 —", "第 3 页", "第3页 共12页", "3/12", "·3·"]
)
def test_page_numbers_of_every_form_are_dropped(build, number):
    assert reading.read_bytes(build.pdf([["办结。", number]]), "a.pdf").text == "办结。"


@pytest.mark.parametrize("line", ["2025年", "3406户", "98.5%", "12月15日"])
def test_a_last_line_with_a_figure_is_no_page_number(build, line):
    assert line in reading.read_bytes(build.pdf([["办结。", line]]), "a.pdf").text


def test_a_head_on_every_page_is_dropped_and_said(build):
    pages = [["清溪镇工作总结汇编", f"第{n}件事已经办结。"] for n in "一二三四"]
    document = reading.read_bytes(build.pdf(pages), "a.pdf")
    assert "汇编" not in document.text
    assert "清溪镇工作总结汇编" in document.notices[1].message


def test_a_scan_says_what_to_do(build):
    with pytest.raises(EmptyInput, match=r"没有文字层.*文字识别"):
        reading.read_bytes(build.pdf([[], []]), "a.pdf")


def test_pages_without_text_are_named(build):
    document = reading.read_bytes(build.pdf([["办结。"], [], ["完。"]]), "a.pdf")
    assert "第 2 页没有文字层" in document.notices[-1].message


def locked(data, user):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_locked_pdf_is_named_as_such_and_one_locked_for_changes_is_read(build):
    data = build.pdf([["办结率98.5%。"]])
    with pytest.raises(UnreadableFile, match="已加密"):
        reading.read_bytes(locked(data, "secret"), "a.pdf")
    assert reading.read_bytes(locked(data, ""), "a.pdf").text == "办结率98.5%。"


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_a_damaged_pdf_is_refused_or_read_but_never_crashes(build, cut):
    data = build.pdf([["办结。"]])
    try:
        text = reading.read_bytes(data[:cut], "a.pdf").text
    except (UnreadableFile, EmptyInput):
        return
    assert text == "办结。"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_flipped_bytes_never_crash_the_reader(build, data):
    raw = bytearray(build.pdf([["办结率98.5%。"], ["完。"]]))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(8, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableFile, EmptyInput, TooLarge):
        reading.read_bytes(bytes(raw), "a.pdf")


def test_what_the_library_says_of_an_odd_file_stays_off_the_screen():
    handlers = logging.getLogger("pypdf").handlers
    assert any(isinstance(handler, logging.NullHandler) for handler in handlers)


def test_too_many_pages_are_refused(build):
    limits = reading.Limits(pdf_pages=2)
    with pytest.raises(TooLarge, match="3 页，超过 2 页"):
        reading.read_bytes(build.pdf([["办。"]] * 3), "a.pdf", limits)


@given(
    st.lists(st.text("一二、（）走访户3。，", min_size=1, max_size=40).map(str.strip).filter(bool))
)
@settings(max_examples=80, deadline=None)
def test_joining_loses_no_character(lines):
    assert "".join(join_lines(lines)) == "".join(lines)


def pieces(*drawn, y=700.0, size=16.0):
    """Pieces of 16 points: (x, text) with Chinese characters as wide as high, others half so."""
    made = []
    for x, text in drawn:
        end = x + sum(size if ord(char) > 0x2000 else size / 2 for char in text)
        made.append(Piece(x, y, end, size, text))
    return made


def test_the_gap_between_chinese_and_digits_is_no_space():
    drawn = pieces((80, "走访"), (116, "3406"), (152, "户"))
    assert list(join_pieces(drawn)) == ["走访3406户"]


def test_marks_drawn_ahead_of_their_text_get_their_place():
    drawn = pieces((112, "“"), (160, "”"), (80, "聚焦"), (128, "园区"), (176, "，发力"))
    assert list(join_pieces(drawn)) == ["聚焦“园区”，发力"]


def test_cells_of_a_row_stay_apart_and_rows_are_not_joined():
    rows = [*pieces((80, "甲村"), (200, "3户")), *pieces((80, "乙村"), (200, "5户"), y=680)]
    assert list(join_pieces(rows)) == ["甲村  3户", "乙村  5户"]
    assert list(join_lines(list(join_pieces(rows)))) == ["甲村  3户", "乙村  5户"]


def test_an_indent_begins_a_paragraph_and_an_item_within_one_does_not():
    lines = [
        "　　一是抓学习。共学习八次，全部到",
        "二是看实效的要求逐项落实到位好。",
        "　　三是抓整改",
    ]
    assert list(join_lines(lines)) == [lines[0].strip() + lines[1], "三是抓整改"]


def test_a_line_that_had_no_room_for_a_figure_runs_on():
    lines = [
        "　　完成投资并全部用于农村道路和供水管网的改造",
        "提升，受益农户比上年增加了百分点",
        "12345.678元。各村都已通水，没有遗漏一户人家了",
        "好",
        "　　二是修路",
    ]
    assert list(join_lines(lines)) == ["".join(lines[:4]).strip(), "二是修路"]
    lines[2] = "各村都已通水，没有遗漏一户人家了，水费照旧收取"
    assert next(iter(join_lines(lines))) == "".join(lines[:2]).strip()
    lines[1] = "提升，受益农户比上年增加了12"
    assert next(iter(join_lines(lines))).startswith("".join(lines[:2]).strip() + "各村")


@pytest.mark.skipif(legacy.find_converter() is None, reason="LibreOffice is not installed")
def test_a_sample_printed_to_pdf_reads_like_the_sample(tmp_path):
    source = tmp_path / "a.docx"
    shutil.copy(next(samples_dir().glob("05*.docx")), source)
    command = legacy._command(legacy.find_converter(), tmp_path, source, "pdf")
    legacy._run(command, str(tmp_path), reading.DEFAULT)
    printed = reading.read_document(tmp_path / "a.pdf")
    assert printed.paragraphs == reading.read_document(source).paragraphs

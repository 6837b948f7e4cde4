"""Text files: the encoding is found and said."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import reading
from drafter.errors import InputError

REPORT = "一、工作开展情况\n全镇共走访群众3406户，办结率98.5%。\n二、存在问题\n进度偏慢。\n"


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_reads_the_same_in_every_encoding(encoding):
    assert reading.read_bytes(REPORT.encode(encoding), "a.txt").text == REPORT.strip()


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le"])
def test_an_encoding_that_was_inferred_is_said(encoding):
    text = "一、工作開展情況\n全鎮共走訪群眾3406戶，辦結率98.5%。\n"
    document = reading.read_bytes(text.encode(encoding), "a.txt")
    assert document.text == text.strip()
    assert document.encoding == encoding
    assert [notice.code for notice in document.notices] == ["encoding"]


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_bytes_that_are_no_text_are_refused_or_read_but_never_crash(data):
    with contextlib.suppress(InputError):
        assert reading.read_bytes(data, "a.txt").text


TRADITIONAL = "全鎮共走訪群眾3406戶，辦結率98.5%。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_byte_that_cannot_be_read_is_marked_and_its_line_is_said(encoding):
    lines = [f"第{n}件：{REPORT[:20]}" for n in range(30)]
    data = bytearray("\n".join(lines).encode(encoding))
    if encoding == "utf-16-le":
        data = data[:-1]
    else:
        data[len("\n".join(lines[:9]).encode(encoding)) - 1] = 0xFF
    document = reading.read_bytes(bytes(data), "a.txt")
    assert document.encoding == encoding
    assert document.text.count("\ufffd") == 1
    assert document.notices[-1].code == "damaged_text"
    bad = next(n for n, line in enumerate(document.text.splitlines(), 1) if "\ufffd" in line)
    assert f"第 {bad} 行" in document.notices[-1].message


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["整改一是一是学习\n", "生产一是学习整改\n", "学习工作整改一是\n"])
def test_a_close_race_is_decided_rightly(text, encoding):
    assert reading.read_bytes(text.encode(encoding), "a.txt").text == text.strip()


def test_a_file_of_two_encodings_is_read_line_by_line_and_said():
    lines = [f"第{n}项工作已经完成，办结群众诉求{n}件。" for n in range(1, 9)]
    data = b"\n".join(
        line.encode("gb18030" if n in {3, 4} else "utf-8") for n, line in enumerate(lines)
    )
    document = reading.read_bytes(data, "a.txt")
    assert document.text == "\n".join(lines)
    assert document.encoding == "utf-8+gb18030"
    assert "第 4、5 行按 GB18030" in document.notices[0].message


@pytest.mark.parametrize("encoding", ["latin-1", "shift_jis", "koi8-r"])
def test_an_encoding_of_another_world_is_refused_not_guessed(encoding):
    text = {
        "latin-1": "éèàüöäßçñ" * 9,
        "shift_jis": "これはテストです。" * 9,
        "koi8-r": "Отчёт о работе " * 9,
    }
    with pytest.raises(InputError, match="认不出文字编码"):
        reading.read_bytes(text[encoding].encode(encoding), "a.txt")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["镇", "走访", "群众", "3406户", "，", "。\n", "一、", "工作"]), min_size=8
    ),
    st.sampled_from(["gb18030", "utf-16-le", "utf-16-be", "utf-8"]),
)
def test_common_writing_is_read_in_any_encoding(words, encoding):
    text = "".join(words)
    assert reading.read_bytes(text.encode(encoding), "a.txt").text == text.strip("\n")


def test_lines_and_blank_lines_of_a_text_stay_and_line_ends_become_one_kind():
    document = reading.read_bytes("标题\r\n\r\n　　甲。\r乙".encode(), "a.md")
    assert document.text == "标题\n\n　　甲。\n乙"
    assert document.paragraphs == ("标题", "甲。", "乙")


def test_a_path_is_read_like_its_bytes(tmp_path):
    path = tmp_path / "总结.txt"
    path.write_text(REPORT, encoding="gb18030")
    assert reading.read_text(path) == reading.read_text(str(path)) == REPORT.strip()
    assert reading.read_bytes_as_text(path.read_bytes(), path.name) == REPORT.strip()

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

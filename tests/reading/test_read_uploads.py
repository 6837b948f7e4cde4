"""File names and uploads of many files."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import reading
from drafter.reading import safe_name, unique_name

TEXT = "走访群众3406户。".encode()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("/abs/总结.docx", "总结.docx"),
        ("..\\..\\总结.docx", "总结.docx"),
        ("C:\\x\\总结.docx", "总结.docx"),
        ("总\0结\r\n.docx", "总结__.docx"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("总结\u202excod.exe", "总结xcod.exe"),
        ("<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"),
        ("😀总结😀.docx", "总结.docx"),
        ("总结. ", "总结"),
        ("...", "文件"),
        ("", "文件"),
        ("\ud800总结.txt", "总结.txt"),
        ("清溪镇（2025年）总结.docx", "清溪镇（2025年）总结.docx"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=300) | st.text("./\\:\0\u202e甲.docx ", max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_name_leaves_the_folder_breaks_a_page_or_exceeds_its_length(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 100
    assert not re.search(r'[/\\<>:"|?*\x00-\x1f]|^\.|[. ]$', safe)
    assert not any(unicodedata.category(char) in {"Cf", "Cs", "Cc"} for char in safe)
    assert safe_name(safe) == safe


def test_a_long_name_keeps_its_ending():
    assert safe_name("长" * 300 + ".docx") == "长" * 78 + ".docx"


@given(
    st.lists(st.sampled_from(["a.txt", "A.TXT", "a（2）.txt", "b.txt", "长" * 100]), max_size=12)
)
@settings(deadline=None)
def test_names_become_unique_on_every_system_and_stay_short(names):
    taken = set()
    made = [unique_name(name, taken) for name in names]
    assert len({name.lower() for name in made}) == len(names)
    assert all(len(name) <= 100 for name in made)


def test_a_bad_file_of_an_upload_stops_no_other(build):
    files = [
        ("甲.txt", TEXT),
        ("坏.docx", b"PK\x03\x04xxxx"),
        ("空.txt", b""),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("乙.docx", build.docx(build.paragraph("办结228件。"))),
    ]
    read = reading.read_many(files)
    assert [document.text for document in read.documents] == ["走访群众3406户。", "办结228件。"]
    assert [refused.name for refused in read.refused] == ["坏.docx", "空.txt", "旧.docx"]
    assert len({refused.reason for refused in read.refused}) == 3


def test_the_same_file_twice_is_read_once_and_said():
    read = reading.read_many([("甲.txt", TEXT), ("乙.txt", TEXT), ("丙.txt", TEXT + b"1")])
    assert [document.name for document in read.documents] == ["甲.txt", "丙.txt"]
    assert [notice.message for notice in read.notices] == ["“乙.txt”与“甲.txt”内容相同，只读取一次"]


def test_of_five_hundred_files_fifty_are_read_and_the_rest_is_named():
    files = [(f"{n}.txt", TEXT + str(n).encode()) for n in range(500)]
    read = reading.read_many(files)
    assert (len(read.documents), len(read.refused)) == (50, 450)
    assert "最多导入 50 个" in read.refused[0].reason


def test_a_document_knows_its_bytes_and_a_safe_name():
    document = reading.read_bytes(TEXT, "../<b>甲.txt")
    assert document.name == "_b_甲.txt"
    assert len(document.sha256) == 64
    assert document.sha256 != reading.read_bytes(TEXT + b"1", "a.txt").sha256

"""Hostile files: refused in one clear line before they cost anything, or read without harm."""

import contextlib
import errno
import io
import logging
import os
import shutil
import socket
import struct
import tempfile
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import reading
from drafter.errors import HostileFile, InputError, TooLarge, UnreadableFile, UnsupportedFormat
from drafter.reading import legacy
from drafter.reading.package import launder, open_package

MIB = 1024 * 1024
DOCTYPE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)


def refused(data, name, error, message):
    started = time.process_time()
    with pytest.raises(error, match=message) as caught:
        reading.read_bytes(data, name)
    assert time.process_time() - started < 2
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"“{name}”：")
    return caught


def real_docx(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_members(data, members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


# 1. bombs


@pytest.mark.parametrize(
    "size", [100 * MIB, 21 * MIB, 5 * MIB], ids=["total", "one part", "packed too well"]
)
def test_a_bomb_is_refused_before_it_is_unpacked(build, size):
    parts = build.docx_parts("")
    body = build.paragraph("办")
    parts["word/document.xml"] += " " * size + body
    refused(build.zipped(parts), "a.docx", TooLarge, "文件解压后过大")


def test_a_package_of_too_many_parts_is_refused(build):
    parts = build.docx_parts("") | {f"word/x{n}.bin": b"" for n in range(2001)}
    refused(build.zipped(parts), "a.docx", TooLarge, "2000")


def test_a_sheet_bomb_is_refused_as_well(build):
    parts = build.xlsx_parts("<row r='1'><c r='A1'><v>1</v></c></row>" + " " * 30 * MIB)
    refused(build.zipped(parts), "a.xlsx", TooLarge, "文件解压后过大")


# 2. lying sizes


def lie_about_size(data, member, size):
    """Write a wrong inflated size into the zip's directory."""
    data = bytearray(data)
    name = member.encode()
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    data[place + 24 : place + 28] = struct.pack("<L", size)
    return bytes(data)


def test_a_part_larger_than_its_directory_says_is_not_unpacked_beyond_it(build):
    parts = build.docx_parts(build.paragraph("办") * 2 * MIB)
    data = lie_about_size(build.zipped(parts), "word/document.xml", 1000)
    refused(data, "a.docx", UnreadableFile, "已损坏")


def test_bytes_are_counted_while_they_are_unpacked(build):
    limits = reading.Limits(zip_part=60_000, zip_total=10**9)
    parts = build.docx_parts(build.paragraph("办") * 3000)
    data = lie_about_size(build.zipped(parts), "word/document.xml", 60_000)
    with pytest.raises(InputError, match=r"过大|损坏"):
        reading.read_bytes(data, "a.docx", limits)


# 3. unused media


def test_large_pictures_that_nobody_reads_do_no_harm(monkeypatch):
    data = with_members(real_docx("走访3406户"), {"word/media/a.bmp": b"\0" * 30 * MIB})
    opened = []
    inflate = zipfile.ZipFile.open

    def note(self, name, *arguments, **named):
        opened.append(getattr(name, "filename", name))
        return inflate(self, name, *arguments, **named)

    monkeypatch.setattr(zipfile.ZipFile, "open", note)
    assert reading.read_bytes(data, "a.docx").text == "走访3406户"
    assert "word/media/a.bmp" not in opened


def test_pictures_beyond_the_total_are_refused():
    data = with_members(real_docx("办"), {"word/media/a.bmp": b"\0" * 60 * MIB})
    refused(data, "a.docx", TooLarge, "文件解压后过大")


# 4., 5. DOCTYPE


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_in_any_part_is_refused_and_logged(build, part, encoding, caplog):
    parts = build.docx_parts(build.paragraph("面积126.5平方公里&amp;"))
    head = f"<?xml version='1.0' encoding='{encoding}'?>"
    parts[part] = (head + DOCTYPE + parts[part]).encode(encoding)
    with caplog.at_level(logging.WARNING):
        refused(build.zipped(parts), "a.docx", HostileFile, "DOCTYPE")
    assert "a.docx" in caplog.text


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_doctype_in_a_workbook_is_refused(build, part):
    parts = build.xlsx_parts("<row r='1'><c r='A1'><v>1</v></c></row>")
    parts[part] = DOCTYPE + parts[part]
    refused(build.zipped(parts), "a.xlsx", HostileFile, "DOCTYPE")


@pytest.mark.parametrize("distance", [0, 8000], ids=["at once", "behind a long comment"])
def test_a_billion_laughs_are_refused_at_once(build, distance):
    parts = build.docx_parts(build.paragraph("&a9;"))
    filler = f"<!--{'x' * distance}-->"
    parts["word/document.xml"] = f"{filler}{LAUGHS}]>{parts['word/document.xml']}"
    started = time.process_time()
    with pytest.raises(InputError):
        reading.read_bytes(build.zipped(parts), "a.docx")
    assert time.process_time() - started < 1


# 6. external relations


@pytest.fixture
def listener():
    """Yield an address, and see afterwards that nobody ever connected to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(BlockingIOError):
            server.accept()


def test_nothing_outside_is_fetched_and_the_clerk_is_told(build, listener):
    kinds = ["attachedTemplate", "image", "oleObject", "aFChunk", "subDocument", "hyperlink"]
    outside = [(kind, f"{listener}/{kind}", ' TargetMode="External"') for kind in kinds]
    picture = f'<w:pict><v:shape><v:imagedata r:href="r4" src="{listener}/i"/></v:shape></w:pict>'
    body = build.paragraph("走访3406户") + f"<w:p><w:r>{picture}</w:r></w:p><w:altChunk r:id='r6'/>"
    document = reading.read_bytes(build.docx(body, extra_relations=outside), "a.docx")
    assert document.text == "走访3406户"
    assert "文件含外部引用（5 处），已忽略，没有访问" in [n.message for n in document.notices]


def test_a_workbook_and_a_page_fetch_nothing_either(build, listener):
    parts = build.xlsx_parts("<row r='1'><c r='A1'><v>1</v></c></row>")
    outside = [("externalLinkPath", f"{listener}/b.xlsx", ' TargetMode="External"')]
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = build.relations(*outside)
    document = reading.read_bytes(build.zipped(parts), "a.xlsx")
    assert [notice.code for notice in document.notices] == ["external"]
    page = (
        f"<link href='{listener}/c'><img src='{listener}/i'><iframe src='{listener}/f'></iframe>办"
    )
    assert reading.read_bytes(page.encode(), "a.html").text == "办"


def test_a_plain_link_in_the_text_is_no_reason_for_a_notice(build):
    link = [("hyperlink", "http://example.invalid/", ' TargetMode="External"')]
    document = reading.read_bytes(build.docx(build.paragraph("办"), extra_relations=link), "a.docx")
    assert document.notices == ()


# 7. macros


def test_a_file_with_macros_is_refused_under_any_name(build):
    renamed = build.docx_parts("")
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = renamed["[Content_Types].xml"]
    ordinary = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    renamed["[Content_Types].xml"] = types.replace(ordinary, kind)
    refused(build.zipped(renamed), "a.docx", HostileFile, "含宏")
    project = with_members(real_docx("办"), {"word/vbaProject.bin": b"x"})
    refused(project, "a.docx", HostileFile, "含宏")
    refused(project, "a.docm", HostileFile, "含宏")


# 8. to 11. damaged, empty, renamed, encrypted


def test_a_damaged_file_is_named_as_such(build):
    data = real_docx("办" * 5000)
    refused(data[: len(data) // 2], "a.docx", UnreadableFile, "已损坏或没有传完整")
    refused(data[:200] + b"\xff" * 300 + data[500:], "a.docx", UnreadableFile, "损坏")
    parts = build.docx_parts("")
    del parts["word/document.xml"]
    refused(build.zipped(parts), "a.docx", UnreadableFile, "找不到正文")
    broken = build.docx_parts("") | {"word/document.xml": "<w:document>"}
    refused(build.zipped(broken), "a.docx", UnreadableFile, "损坏")


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.pdf", "a.xlsx", "a.doc", "a.csv"])
def test_an_empty_file_is_named_as_such(name):
    refused(b"", name, InputError, "文件是空的")


def ole(stream="WordDocument"):
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 99
    )


def test_an_old_office_file_under_a_new_name_is_named_as_such():
    refused(ole(), "a.docx", UnreadableFile, "旧版格式；请把扩展名改为 .doc 或 .wps")
    refused(ole("Workbook"), "a.xlsx", UnreadableFile, "旧版格式；请把扩展名改为 .xls")
    refused(ole(), "a.txt", UnreadableFile, "旧版 Office 文件")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.doc"])
def test_an_encrypted_file_is_named_as_such(name):
    refused(ole("EncryptedPackage"), name, UnreadableFile, "文件已加密")


def test_an_encrypted_zip_is_named_as_such(build):
    data = bytearray(build.docx(""))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    refused(bytes(data), "a.docx", UnreadableFile, "文件已加密")


# 12. zip-slip


@pytest.mark.parametrize("member", ["../../out.txt", "/out.txt", "..\\out.txt", "C:/out.txt"])
def test_members_outside_the_package_are_ignored_and_nothing_is_written(
    member, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    data = with_members(real_docx("走访3406户"), {member: "x"})
    document = reading.read_bytes(data, "a.docx")
    assert document.text == "走访3406户"
    assert "bad_member" in [notice.code for notice in document.notices]
    assert list(tmp_path.rglob("*")) == []


def test_a_part_that_comes_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = with_members(real_docx("真"), {"word/document.xml": "<假/>"})
    refused(data, "a.docx", HostileFile, "重名部件")


# 13. nesting


def nested_tables(build, depth):
    text = build.paragraph("底层第1户")
    return "<w:tbl><w:tr><w:tc>" * depth + text + "</w:tc></w:tr></w:tbl>" * depth


def test_three_thousand_nested_tables_are_refused_quickly(build):
    refused(build.docx(nested_tables(build, 3000)), "a.docx", HostileFile, "嵌套过深")


def test_eighty_nested_tables_are_read(build):
    assert reading.read_bytes(build.docx(nested_tables(build, 80)), "a.docx").text == "底层第1户"


def test_five_hundred_list_levels_are_flattened(build):
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
        for n in range(500)
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = "".join(
        build.paragraph(
            f"事项{n}",
            f'<w:pPr><w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        )
        for n in range(500)
    )
    started = time.process_time()
    document = reading.read_bytes(build.docx(body, numbering=numbering), "a.docx")
    assert time.process_time() - started < 5
    assert [line.rpartition("事项")[2] for line in document.paragraphs] == list(
        map(str, range(500))
    )


@pytest.mark.parametrize("depth", [3000, 50_000])
def test_a_deeply_nested_page_is_read_to_its_end(depth):
    page = "<html><body>" + "<div>" * depth + "底层" + "</div>" * depth + "<p>末段</p>"
    assert reading.read_bytes(page.encode(), "a.html").text == "底层\n末段"


# 23., 24. characters


def test_what_no_paper_may_hold_is_taken_out_and_said(build):
    text = "走\0访\u202e群\u200b众\x07３４０６户\ufeff。"
    document = reading.read_bytes(text.encode(), "a.txt")
    assert document.text == "走访群众３４０６户。"
    codes = {notice.code for notice in document.notices}
    assert codes == {"bidi_marks", "zero_width", "control_characters"}


def test_a_control_character_in_a_part_is_refused(build):
    data = build.docx(build.paragraph("办&#0;理"))
    refused(data, "a.docx", UnreadableFile, "损坏")


# 26., 28. size and kind


def test_a_file_of_21_mb_is_refused_by_its_size(tmp_path):
    refused(b"x" * 21 * MIB, "a.txt", TooLarge, "21.0 MB，超过 20 MB")
    path = tmp_path / "b.txt"
    path.write_bytes(b"x" * 21 * MIB)
    with pytest.raises(TooLarge, match="超过 20 MB"):
        reading.read_text(path)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (PNG, "a.docx", "图片"),
        (PNG, "a.txt", "图片"),
        (PNG, "a.pdf", "图片"),
        (b"%PDF-1.7\n", "a.docx", "PDF"),
        (b"%PDF-1.7\n", "a.csv", "PDF"),
        (b"PK\x03\x04" + b"\0" * 60, "a.txt", "压缩包"),
        (b"MZ\x90\0" + b"\0" * 60, "a.doc", "程序"),
        (b"<!DOCTYPE html><html><body>x", "a.docx", "网页"),
        (b"<html><body>x", "a.doc", "网页"),
        (b"<html><body>x", "a.txt", "网页"),
        ("走访3406户".encode(), "a.docx", "别的格式"),
        ("走访3406户".encode(), "a.pdf", "别的格式"),
    ],
)
def test_a_wrong_ending_is_refused_with_what_it_is(data, name, what):
    refused(data, name, UnreadableFile, what)


def test_a_workbook_under_a_documents_name_is_refused(build):
    data = build.xlsx("<row r='1'><c r='A1'><v>1</v></c></row>")
    refused(data, "a.docx", UnreadableFile, "Excel 表格")
    refused(real_docx("办"), "a.xlsx", UnreadableFile, "Word 文档")
    refused(build.zipped({"a.txt": "x"}), "a.docx", UnreadableFile, "压缩包里没有文档")


@pytest.mark.parametrize("name", ["a.exe", "a", "a.docx.lnk", "a.zip", ".docx"])
def test_an_unknown_ending_is_refused_with_what_can_be_read(name):
    with pytest.raises(UnsupportedFormat, match=r"可导入 .*\.docx"):
        reading.read_bytes(b"x", name)


# 29. files that cannot be opened


def test_a_missing_file_or_a_folder_gives_one_clear_line(tmp_path):
    with pytest.raises(UnreadableFile, match=r"找不到文件“没有\.txt”"):
        reading.read_text(tmp_path / "没有.txt")
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(UnreadableFile, match="是文件夹"):
        reading.read_text(tmp_path / "夹.txt")


@pytest.mark.parametrize("failing", ["write_bytes", "read_bytes"])
def test_a_full_disk_during_a_conversion_is_said_and_leaves_nothing(tmp_path, monkeypatch, failing):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(legacy, "find_converter", lambda: "soffice")
    monkeypatch.setattr(
        legacy, "_run", lambda command, *_: shutil.copy(command[-1], f"{command[-1]}x")
    )
    monkeypatch.setattr(Path, failing, full)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(UnreadableFile, match=r"临时文件写不下.*请检查磁盘空间"):
        reading.read_bytes(data, "a.doc")
    assert not list(tmp_path.iterdir())


def test_a_folder_for_temporary_files_that_is_missing_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "没有"))
    monkeypatch.setattr(legacy, "find_converter", lambda: "soffice")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(UnreadableFile, match="临时文件夹的权限"):
        reading.read_bytes(data, "a.doc")


# 15., 16. odd structure


def test_a_heading_of_fifty_thousand_characters_is_read_whole(build):
    heading = "一、" + "长" * 50_000
    document = reading.read_bytes(build.docx(build.paragraph(heading)), "a.docx")
    assert document.paragraphs == (heading,)


def test_mixed_restarted_and_doubled_numbers_keep_their_order_and_wording(build):
    lines = ("一、甲", "(一)乙", "1.丙", "（1）丁", "①戊", "三、己", "三、庚", "（一)辛", "1、壬")
    body = "".join(build.paragraph(line) for line in lines)
    assert reading.read_bytes(build.docx(body), "a.docx").paragraphs == lines


# damage anywhere


def mutate(raw, draw):
    raw = bytearray(raw)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(raw) - 1))
        length = draw(st.integers(0, 20))
        raw[place : place + length] = draw(st.binary(max_size=20)) or bytes(raw[:length])
    return bytes(raw)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_part_damaged_anywhere_is_read_or_refused_but_never_crashes(build, data):
    word = build.docx_parts(
        "<w:tbl><w:tr><w:tc>" + build.paragraph("走访3406户") + "</w:tc></w:tr></w:tbl>",
        styles='<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>',
    )
    cells = '<c r="A1" t="str"><v>甲</v></c><c r="B1" s="0"><f>A1</f></c>'
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    sheet = build.xlsx_parts(f'<row r="1">{cells}</row>', extra=merged)
    name, parts = data.draw(st.sampled_from([("a.docx", word), ("a.xlsx", sheet)]))
    part = data.draw(st.sampled_from(sorted(parts)))
    damaged = {**parts, part: mutate(parts[part].encode(), data.draw)}
    with contextlib.suppress(InputError):
        reading.read_bytes(build.zipped(damaged), name)


# single guards, each on its own


def test_a_large_part_is_refused_however_badly_it_packs(build):
    limits = reading.Limits(zip_part=100_000)
    parts = build.docx_parts("".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(60_000)))
    with pytest.raises(TooLarge, match="文件解压后过大"):
        reading.read_bytes(build.zipped(parts), "a.docx", limits)


def test_a_part_under_an_innocent_name_is_counted_when_it_is_read(build):
    parts = build.docx_parts(build.paragraph("办"))
    parts["word/styles.bin"] = " " * 30 * MIB + parts.pop("word/styles.xml")
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace("styles.xml", "styles.bin")
    refused(build.zipped(parts), "a.docx", TooLarge, "文件解压后过大")


def test_entities_in_an_attribute_are_refused_as_a_doctype(build):
    parts = build.docx_parts("<w:p w:rsidR='&a9;'/>")
    parts["word/document.xml"] = f"{LAUGHS}]>{parts['word/document.xml']}"
    refused(build.zipped(parts), "a.docx", HostileFile, "DOCTYPE")


def test_no_relation_to_the_outside_reaches_a_library(build):
    outside = [("image", "word/styles.xml", ' TargetMode="External"')]
    parts = build.docx_parts(build.paragraph("办"), extra_relations=outside)
    copy = launder(open_package(build.zipped(parts), reading.DEFAULT), ["officeDocument", "styles"])
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert "word/styles.xml" in members
    assert not any(b"External" in data for data in members.values())

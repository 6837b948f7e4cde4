"""Old office files: through LibreOffice where there is one, else a clear word."""

import os
import shutil
import stat
import sys

import pytest

from drafter import reading
from drafter.errors import InputError, UnreadableFile, UnsupportedFormat
from drafter.reading import legacy

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
needs_office = pytest.mark.skipif(
    legacy.find_converter() is None, reason="LibreOffice is not installed"
)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Put a program in LibreOffice's place that does what a few lines of Python say."""

    def install(code):
        program = tmp_path / "soffice"
        program.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(legacy, "find_converter", lambda: str(program))
        monkeypatch.setattr(legacy, "_without_network", list)

    return install


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.xls", "a.et"])
def test_without_libreoffice_the_message_says_what_to_do(name, monkeypatch):
    monkeypatch.setattr(legacy, "find_converter", lambda: None)
    with pytest.raises(UnsupportedFormat, match=r"没有安装；请用 Word 或 WPS 另存为 \.(docx|xlsx)"):
        reading.read_bytes(OLE, name)


def test_the_converter_has_a_profile_of_its_own_and_no_network(office, tmp_path):
    said = tmp_path / "said"
    office(f"import os; open({str(said)!r}, 'w').write(repr((sys.argv, dict(os.environ))))")
    with pytest.raises(UnreadableFile, match="转换失败"):
        reading.read_bytes(OLE, "a.doc")
    text = said.read_text()
    assert "-env:UserInstallation=file://" in text
    assert "'http_proxy': 'http://127.0.0.1:9'" in text


def test_a_converter_that_hangs_is_ended(office, tmp_path):
    said = tmp_path / "said"
    office(f"import os, time; open({str(said)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    with pytest.raises(UnreadableFile, match="超过 2 秒，已停止"):
        reading.read_bytes(OLE, "a.doc", reading.Limits(convert_seconds=2))
    with pytest.raises(ProcessLookupError):
        os.kill(int(said.read_text()), 0)


def test_what_the_converter_makes_is_checked_like_any_file(office, build):
    bomb = build.docx_parts("")
    bomb["word/document.xml"] += " " * 30_000_000
    source = build.zipped(bomb)
    office(
        "from pathlib import Path\nfolder = sys.argv[sys.argv.index('--outdir') + 1]\n"
        f"Path(folder, 'source.docx').write_bytes({source!r})"
    )
    with pytest.raises(InputError, match="文件解压后过大"):
        reading.read_bytes(OLE, "a.doc")


@needs_office
@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_an_old_document_is_read(tmp_path, build, ending):
    source = tmp_path / "a.docx"
    source.write_bytes(
        build.docx(build.paragraph("一、走访群众3406户。") + build.paragraph("二、完"))
    )
    program = legacy.find_converter()
    command = legacy._command(program, tmp_path, source, ending)
    legacy._run(command, str(tmp_path), reading.DEFAULT)
    document = reading.read_document(tmp_path / f"a.{ending}")
    assert document.paragraphs == ("一、走访群众3406户。", "二、完")
    if ending == "doc":
        shutil.copy(tmp_path / "a.doc", tmp_path / "b.wps")
        assert reading.read_text(tmp_path / "b.wps") == document.text

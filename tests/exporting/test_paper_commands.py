"""The command line's papers: every form, public and sealed copies, templates, edited files."""

import io
import json
import zipfile

import docx
import pytest

from drafter import printing
from drafter.cli import main
from drafter.exporting.profile import profile_names

LINES = (
    "受理信访事项86件",
    "信访积案化解41件（内部）",
    "清理垃圾260吨",
    "开展培训12场，培训干部460人",
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "DRAFTER_MODEL", "DRAFTER_LAYOUT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def drafted(tmp_path):
    facts = tmp_path / "facts.txt"
    facts.write_text("\n".join(LINES), encoding="utf-8")

    def run(name, *options):
        target = tmp_path / name
        words = ["draft", str(facts), "-o", str(target), "--unit", "云溪镇", "--year", "2025"]
        return main([*words, *options]), target

    return run


def words_of(path):
    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("form", ["txt", "md", "html"])
@pytest.mark.parametrize("named", [True, False])
def test_a_form_is_asked_for_by_name_or_by_the_files_suffix(form, named, drafted):
    name, options = ("paper", ("--form", form)) if named else (f"paper.{form}", ())
    status, path = drafted(name, *options)
    assert status in (0, 1)
    assert "86件" in path.read_text("utf-8")


@pytest.mark.skipif(not printing.printer(), reason="LibreOffice is not installed")
def test_a_pdf_is_printed_where_libreoffice_is(drafted):
    _, path = drafted("paper.pdf", "--annex")
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--form", "odt"), "没有“odt”这种格式"),
        (("--form", "pdf"), "不一致"),
        (("--profile", "none"), "没有版式文件"),
        (("--template", "nowhere.docx"), "nowhere.docx"),
    ],
)
def test_a_wrong_order_is_one_line_before_anything_is_drafted(options, said, drafted, capsys):
    status, path = drafted("paper.docx", *options)
    error = capsys.readouterr().err
    assert status == 2
    assert len(error.strip().splitlines()) == 1
    assert said in error
    assert not path.exists()


def test_comments_and_tables_of_evidence_are_refused_in_a_form_without_pages(drafted, capsys):
    status, _ = drafted("paper.txt", "--review")
    assert status == 2
    assert "只能用于 docx 和 pdf" in capsys.readouterr().err


def test_a_public_copy_has_nothing_internal_in_any_byte_and_says_what_is_gone(drafted, capsys):
    report = "report.json"
    _, path = drafted("paper.docx", "--public", "--review", "--annex", "--json", report)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        told = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    assert "41件" not in told
    assert "86件" in told
    assert "未写入" in capsys.readouterr().out


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_json_of_a_public_copy_is_public_too(drafted, tmp_path):
    drafted("paper.docx", "--public", "--json", "report.json")
    told = (tmp_path / "report.json").read_text("utf-8")
    assert "41件" not in told
    assert {"title", "sections", "text", "findings", "unused_facts", "facts"} <= set(
        json.loads(told)
    )


def test_a_sealed_signature_leaves_room_for_the_seal(drafted, checker):
    _, path = drafted("sealed.docx", "--sealed-signature")
    paper = checker.Paper(path.read_bytes())
    date = paper.styled("成文日期")[0]
    assert date.prop("ind", "rightChars") == "400"


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_is_taken_by_name(name, drafted):
    status, path = drafted("paper.docx", "--profile", name)
    assert status in (0, 1)
    assert path.exists()


def test_a_template_is_filled_and_its_deviations_are_said(drafted, tmp_path, capsys):
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "云溪镇人民政府文件"
    template.save(str(tmp_path / "template.docx"))
    _, path = drafted("paper.docx", "--template", "template.docx", "--review", "--annex")
    header = docx.Document(str(path)).sections[0].header.paragraphs[0].text
    assert header == "云溪镇人民政府文件"
    assert "模板与标准不同：纸宽" in capsys.readouterr().err


def test_an_edited_paper_is_read_back_with_changes_remarks_and_findings(drafted, tmp_path, capsys):
    _, before = drafted("before.docx")
    document = docx.Document(str(before))
    changed = next(p for p in document.paragraphs if "86件" in p.text)
    changed.runs[-1].text = changed.runs[-1].text.replace("86件", "96件")
    document.add_comment(changed.runs, text="数字请核实", author="王镇长")
    document.save(str(tmp_path / "after.docx"))
    capsys.readouterr()
    words = ["readback", "after.docx", "--before", "before.docx", "--facts", "facts.txt"]
    status = main([*words, "--json", "-"])
    made = json.loads(capsys.readouterr().out)
    assert [c["kind"] for c in made["changes"]] == ["changed"]
    assert [(r["author"], r["text"]) for r in made["remarks"]] == [("王镇长", "数字请核实")]
    assert "96件" in [f["text"] for f in made["findings_in_changes"]]
    assert all(made["text"][f["start"] : f["end"]] == f["text"] for f in made["findings"])
    assert status == int(any(f["severity"] == "block" for f in made["findings"]))
    main(words)
    told = capsys.readouterr().out
    assert "〔删：86〕〔增：96〕" in told
    assert "王镇长：数字请核实" in told


def test_a_paper_nobody_edited_reads_back_without_changes(drafted, capsys):
    drafted("before.docx")
    capsys.readouterr()
    assert main(["readback", "before.docx", "--before", "before.docx"]) == 0
    told = capsys.readouterr().out
    assert "改动 0 处，批注 0 条。" in told
    assert "未作核查" in told


@pytest.mark.parametrize("bad", ["nowhere.docx", "facts.txt"])
def test_a_file_that_is_no_paper_is_refused_in_one_line(bad, drafted, capsys):
    drafted("before.docx")
    capsys.readouterr()
    assert main(["readback", bad, "--before", "before.docx"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_batch_takes_the_same_layout_options(tmp_path, checker):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("单位", "素材"), ("云溪镇", "\n".join(LINES))):
        book.active.append(row)
    book.save(str(tmp_path / "units.xlsx"))
    options = ["--public", "--sealed-signature", "--year", "2025"]
    status = main(["batch", "units.xlsx", "-o", "out", *options])
    assert status in (0, 1)
    paper = checker.Paper(next((tmp_path / "out").glob("*.docx")).read_bytes())
    told = "".join(part.decode("utf-8", "replace") for part in paper.parts.values())
    assert "86件" in told
    assert "41件" not in told
    assert [p.prop("ind", "rightChars") for p in paper.styled("成文日期")] == ["400"]
    report = (tmp_path / "out" / "report.json").read_text("utf-8")
    assert "41件" not in report

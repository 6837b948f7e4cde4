"""Every odd draft keeps every rule, as written and as printed, and comes back as it went."""

import shutil
import subprocess
from dataclasses import replace

import pytest

from drafter import printing
from drafter.exporting import (
    export_docx,
    export_html,
    export_markdown,
    export_revision,
    export_text,
    preview_pages,
    read_back,
)


def test_an_odd_draft_keeps_every_rule_and_comes_back(odd_name, odd, checker):
    for options in ({}, {"review": True, "annex": True}, {"profile": {"sealed": True}}):
        data = export_docx(odd[odd_name], **options)
        skip = {"signature_and_date_stand_as_7_3_5_2_says"} if "profile" in options else set()
        assert checker.check(data, skip=skip) == []
        assert read_back(data, odd[odd_name]).draft is odd[odd_name]


def test_an_odd_draft_has_every_other_form_too(odd_name, odd):
    draft = odd[odd_name]
    for form in (export_text, export_markdown, export_html, preview_pages):
        assert form(draft)
    shorter = replace(draft, sections=draft.sections[:1])
    assert read_back(export_revision(draft, shorter), shorter).changes == ()


@pytest.fixture(scope="module")
def printed(odd, tmp_path_factory):
    """All odd drafts printed in one go."""
    program = printing.printer()
    if not (program and shutil.which("pdftotext")):
        pytest.skip("LibreOffice or pdftotext is not installed")
    folder = tmp_path_factory.mktemp("odd")
    files = {name: folder / f"{n}.docx" for n, name in enumerate(odd)}
    for name, path in files.items():
        path.write_bytes(export_docx(odd[name]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files.values())], capture_output=True, check=True)
    return {name: path.with_suffix(".pdf") for name, path in files.items()}


def test_an_odd_draft_keeps_every_rule_on_the_printed_page(odd_name, printed, drawn):
    assert drawn.check(drawn.pages_of(printed[odd_name])) == []

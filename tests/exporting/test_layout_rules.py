"""Exported papers against an independent reading of GB/T 9704-2012, and the checker against itself."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from drafter.domain import DraftSection
from drafter.exporting import export_docx


@pytest.mark.parametrize("kind", ["rich", "sparse"])
@pytest.mark.parametrize("review", [False, True])
@pytest.mark.parametrize("annex", [False, True])
def test_a_paper_keeps_every_rule_of_the_standard(kind, review, annex, request, checker):
    data = export_docx(request.getfixturevalue(kind), review=review, annex=annex)
    assert checker.check(data) == []


def test_a_long_paper_keeps_every_rule(rich, work, checker):
    sections = tuple(
        DraftSection(f"第{i}项工作进展情况", 1, "\n".join([work * 2] * 5), marker=f"{n}、")
        for i, n in enumerate("一二三四五六七八", 1)
    )
    assert (
        checker.check(export_docx(replace(rich, sections=sections, findings=(), evidence=()))) == []
    )


def broken(data, part, old, new):
    """Return the paper with something in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info).decode()
            if info.filename == part:
                assert re.search(old, content), f"{old} is not in {part}"
                content = re.sub(old, new, content, count=1)
            target.writestr(zipfile.ZipInfo(info.filename, info.date_time), content)
    return out.getvalue()


DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
DAMAGE = [
    ("page_is_a4_upright", DOCUMENT, 'w:w="11906"', 'w:w="12240"'),
    ("margins_leave_156_by_225_mm", DOCUMENT, 'w:top="2098"', 'w:top="1440"'),
    ("margins_leave_156_by_225_mm", DOCUMENT, 'w:footer="1446"', 'w:footer="720"'),
    ("grid_is_22_lines_of_28", DOCUMENT, 'w:linePitch="579"', 'w:linePitch="580"'),
    ("grid_is_22_lines_of_28", DOCUMENT, 'w:charSpace="-848"', 'w:charSpace="0"'),
    ("grid_is_22_lines_of_28", STYLES, '<w:snapToGrid w:val="0"/>', '<w:snapToGrid w:val="1"/>'),
    ("defaults_and_normal_are_16_pt", STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="21"/>'),
    ("no_theme_fonts", STYLES, "<w:rFonts ", '<w:rFonts w:asciiTheme="minorHAnsi" '),
    ("language_is_chinese", STYLES, 'w:eastAsia="zh-CN"', 'w:eastAsia="ja-JP"'),
    ("fonts_follow_the_role_by_script", STYLES, 'w:hAnsi="黑体"', 'w:hAnsi="Calibri"'),
    ("fonts_follow_the_role_by_script", DOCUMENT, '<w:rStyle w:val="Heading3Char"/>', '<w:rStyle w:val="Heading2Char"/><w:rFonts w:eastAsia="宋体"/>'),
    ("sizes_follow_the_role", STYLES, '<w:sz w:val="44"/>', '<w:sz w:val="36"/>'),
    ("text_is_black_and_plain", STYLES, '<w:color w:val="000000"/>', '<w:color w:val="FF0000"/>'),
    ("only_what_is_open_is_yellow", DOCUMENT, '<w:highlight w:val="yellow"/>', ""),
    ("heading_styles_have_outline_levels", STYLES, '<w:outlineLvl w:val="1"/>', '<w:outlineLvl w:val="0"/>'),
    ("one_title_first_and_centred", STYLES, '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'),
    ("one_title_first_and_centred", STYLES, 'w:firstLineChars="0" w:firstLine="0"', 'w:firstLine="0"'),
    ("title_lines_are_short_and_shaped", DOCUMENT, "<w:br/>", ""),
    ("a_blank_line_stands_under_the_title", DOCUMENT, '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>', ""),
    ("addressee_is_flush_with_a_colon", DOCUMENT, "办公室：", "办公室:"),
    ("text_is_indented_by_two_characters", STYLES, r'(公文正文.*?)w:firstLineChars="200"', r'\1w:firstLineChars="0"'),
    ("lines_are_exact", STYLES, 'w:lineRule="exact"', 'w:lineRule="auto"'),
    ("blank_lines_only_where_the_standard_has_them", DOCUMENT, '<w:p><w:pPr><w:pStyle w:val="Heading2"/>', '<w:p/><w:p><w:pPr><w:pStyle w:val="Heading2"/>'),
    ("widow_control_is_off", STYLES, '<w:widowControl w:val="0"/>', ""),
    ("annex_note_stands_as_7_3_4_says", DOCUMENT, "附件：1．", "附件：1、"),
    ("annex_note_stands_as_7_3_4_says", DOCUMENT, 'w:hangingChars="450"', 'w:hangingChars="300"'),
    ("signature_and_date_stand_as_7_3_5_2_says", DOCUMENT, 'w:rightChars="100"', 'w:rightChars="400"'),
    ("signature_and_date_stand_as_7_3_5_2_says", DOCUMENT, "2026年1月5日", "二〇二六年一月"),
    ("signature_keeps_with_what_is_above_and_below", DOCUMENT, '(GwAnnexNote.*?GwAnnexNote.*)<w:keepNext/>(.*?GwSignature)', r"\1\2"),
    ("page_numbers_are_odd_right_even_left", SETTINGS, "<w:evenAndOddHeaders/>", ""),
    ("page_numbers_are_odd_right_even_left", "word/footer2.xml", 'w:val="left"', 'w:val="right"'),
    ("page_numbers_are_odd_right_even_left", "word/footer1.xml", "— ", "- "),
    ("tables_fit_the_block_and_repeat_their_heads", DOCUMENT, "<w:tblHeader/>", ""),
    ("annexes_begin_on_a_page_of_their_own", STYLES, "<w:pageBreakBefore/>", ""),
    ("punctuation_is_full_width", DOCUMENT, "县委、县政府部署要求，", "县委、县政府部署要求,"),
    ("no_contents_no_fields_no_bookmarks", DOCUMENT, "<w:body>", '<w:body><w:bookmarkStart w:id="0" w:name="a"/>'),
    ("settings_are_those_of_word_15", SETTINGS, 'w:val="15"', 'w:val="14"'),
    ("properties_say_what_the_file_is", "docProps/core.xml", "<dc:language>zh-CN", "<dc:language>en-US"),
    ("properties_say_what_the_file_is", "docProps/core.xml", "<dc:title>[^<]*", "<dc:title>"),
    ("the_ai_label_is_there_for_eye_and_machine", "docProps/custom.xml", "AIGC", "Other"),
    ("package_is_whole", "word/_rels/document.xml.rels", "footer2.xml", "footer3.xml"),
    ("package_is_whole", "[Content_Types].xml", "/word/styles.xml", "/word/style.xml"),
    ("styles_exist_and_ids_are_unique", DOCUMENT, 'w:pStyle w:val="GwBody"', 'w:pStyle w:val="Missing"'),
    ("comments_are_anchored_once", DOCUMENT, '<w:commentRangeEnd w:id="1"/>', ""),
    ("elements_stand_in_the_schemas_order", DOCUMENT, r"(<w:keepNext/>)(<w:ind [^>]*/>)", r"\2\1"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "part", "old", "new"), DAMAGE)
def test_the_checker_sees_what_was_broken(rule, part, old, new, rich, checker):
    data = broken(export_docx(rich, review=True, annex=True), part, old, new)
    try:
        found = checker.check(data)
    except (KeyError, AttributeError, TypeError) as error:
        found = [f"{rule}: {error!r}"]
    assert any(line.startswith(f"{rule}:") for line in found)


def test_each_rule_has_a_damage_that_it_sees(checker):
    unseen = set(checker.RULES) - {rule for rule, *_ in DAMAGE}
    assert unseen <= {
        "headings_use_the_style_of_their_marker",
        "most_lines_keep_the_grid",
        "no_control_characters",
        "markers_are_written_as_the_standard_has_them",
    }

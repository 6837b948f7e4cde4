"""Word files are read as their reader sees them."""

import pytest

from drafter import reading
from drafter.errors import InputError
from drafter.reading.list_numbers import format_number
from drafter.resources import samples_dir


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def item(text, level=0, num=1):
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(run(text), properties=number)


def level(index, kind, text, extra=""):
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels, instances='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{instances}'


OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)


@pytest.fixture
def read(build):
    def read_body(body, **parts):
        return reading.read_bytes(build.docx(body, **parts), "a.docx")

    return read_body


def codes(document):
    return [notice.code for notice in document.notices]


# numbering


@pytest.mark.parametrize("part", ["styles", "numbering"])
def test_a_part_whose_type_is_named_wrongly_is_read_all_the_same(build, part):
    body = item("工作情况") + item("抓学习", 1)
    parts = build.docx_parts(body, numbering=numbering(*OFFICIAL))
    types = parts["[Content_Types].xml"].replace(f"{part}+xml", f"{part}+x")
    document = reading.read_bytes(build.zipped({**parts, "[Content_Types].xml": types}), "a.docx")
    assert document.paragraphs == ("一、工作情况", "（一）抓学习")


def test_automatic_numbers_are_read_as_printed_and_restart_below_a_higher_level(read):
    body = item("总体情况") + item("党建", 1) + item("学习", 2) + item("会议", 3) + item("教育", 2)
    body += item("产业", 1) + item("招商", 2) + item("存在问题") + item("进度", 1)
    assert read(body, numbering=numbering(*OFFICIAL)).paragraphs == (
        "一、总体情况", "（一）党建", "1.学习", "（1）会议", "2.教育",
        "（二）产业", "1.招商", "二、存在问题", "（一）进度",
    )  # fmt: skip


def test_numbers_from_ten_to_a_hundred_are_spoken(read):
    body = "".join(item("事") for _ in range(101))
    lines = read(body, numbering=numbering(*OFFICIAL)).paragraphs
    assert lines[9] == "十、事"
    assert lines[10] == "十一、事"
    assert lines[19] == "二十、事"
    assert lines[98] == "九十九、事"
    assert lines[100] == "一百零一、事"


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("chineseCounting", ["一", "十", "十五", "二十三", "一〇五"]),
        ("chineseCountingThousand", ["一", "十", "十五", "二十三", "一百零五"]),
        ("japaneseCounting", ["一", "十", "十五", "二十三", "百五"]),
        ("ideographDigital", ["一", "一〇", "一五", "二三", "一〇五"]),
        ("chineseLegalSimplified", ["壹", "壹拾", "壹拾伍", "贰拾叁", "壹佰零伍"]),
        ("ideographTraditional", ["甲", "癸", "戊", "丙", "戊"]),
        ("decimalEnclosedCircleChinese", ["①", "⑩", "⑮", "㉓", "105"]),
        ("decimalFullWidth", ["１", "１０", "１５", "２３", "１０５"]),
        ("decimalZero", ["01", "10", "15", "23", "105"]),
        ("upperLetter", ["A", "J", "O", "W", "AAAAA"]),
        ("lowerRoman", ["i", "x", "xv", "xxiii", "cv"]),
    ],
)
def test_every_number_format_of_word_is_written_as_word_does(kind, numbers):
    assert [format_number(value, kind) for value in (1, 10, 15, 23, 105)] == numbers


def test_a_format_that_is_not_known_is_said(read):
    document = read(item("事"), numbering=numbering(level(0, "hebrew2", "%1、")))
    assert document.text == "1、事"
    assert codes(document) == ["list_format"]


def test_a_list_that_an_override_starts_anew_begins_again(read):
    instances = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", num=2) + item("丙", num=3) + item("丁", num=3)
    lines = read(body, numbering=numbering(*OFFICIAL, instances=instances)).paragraphs
    assert lines == ("一、甲", "二、乙", "一、丙", "二、丁")


def test_a_level_that_an_instance_redefines_is_read_from_there(read):
    instances = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'decimal', '第%1项：')}</w:lvlOverride></w:num>"
    )
    lines = read(item("甲"), numbering=numbering(*OFFICIAL, instances=instances)).paragraphs
    assert lines == ("第1项：甲",)


def test_a_level_may_run_on_below_a_new_higher_one(read):
    runs_on = level(1, "chineseCounting", "（%2）", '<w:lvlRestart w:val="0"/>')
    body = item("甲") + item("子", 1) + item("乙") + item("丑", 1)
    lines = read(body, numbering=numbering(OFFICIAL[0], runs_on)).paragraphs
    assert lines == ("一、甲", "（一）子", "二、乙", "（二）丑")


def test_legal_numbering_writes_all_levels_in_digits(read):
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = item("甲") + item("子", 1)
    assert read(body, numbering=numbering(OFFICIAL[0], legal)).paragraphs == ("一、甲", "1.1 子")


def test_numbering_that_comes_from_a_style_is_read(read):
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="plain"/>'
        '<w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    levels = (
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="a"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="b"/>'),
    )
    body = "".join(
        paragraph(run(text), properties=f'<w:pStyle w:val="{style}"/>')
        for text, style in [("甲", "a"), ("子", "b"), ("丑", "b"), ("无号", "c"), ("乙", "a")]
    )
    document = read(body, styles=styles, numbering=numbering(*levels))
    assert document.paragraphs == ("一、甲", "（一）子", "（二）丑", "无号", "二、乙")
    assert document.levels == (1, 2, 2, 1, 1)


def test_a_list_that_is_a_style_of_its_own_is_found(read):
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="L"/>{OFFICIAL[0]}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    assert read(item("甲") + item("乙"), numbering=linked).paragraphs == ("一、甲", "二、乙")


def test_an_empty_numbered_line_counts_as_it_does_in_word(read):
    body = item("甲") + item("") + item("丙")
    assert read(body, numbering=numbering(*OFFICIAL)).paragraphs == ("一、甲", "三、丙")


def test_a_number_and_a_figure_do_not_run_together(read):
    assert read(item("2025年", 2), numbering=numbering(*OFFICIAL)).text == "1. 2025年"


def test_symbols_of_bullet_lists_are_read_as_dots(read):
    bullet = level(0, "bullet", "\uf06c")
    assert read(item("甲"), numbering=numbering(bullet)).text == "• 甲"


def test_typed_numbers_stay_as_they_are_beside_automatic_ones(read):
    body = item("甲") + paragraph(run("（一）子")) + paragraph(run("三是丑")) + item("乙")
    lines = read(body, numbering=numbering(*OFFICIAL)).paragraphs
    assert lines == ("一、甲", "（一）子", "三是丑", "二、乙")


# accepted, visible text


def test_insertions_are_read_and_deletions_are_not(read):
    body = paragraph(
        run("走访"), f"<w:ins>{run('3406')}</w:ins>",
        "<w:del><w:r><w:delText>999</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('移走')}</w:moveFrom>", f"<w:moveTo>{run('户')}</w:moveTo>",
    )  # fmt: skip
    document = read(body)
    assert document.text == "走访3406户"
    assert codes(document) == ["revisions"]


def test_a_deleted_paragraph_mark_joins_the_lines(read):
    mark = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = paragraph(run("走访"), properties=mark) + paragraph(run("3406户")) + paragraph(run("完"))
    assert read(body).paragraphs == ("走访3406户", "完")


def test_a_deleted_row_is_not_read(read, build):
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = "<w:tbl>" + row.format("", build.paragraph("甲村"), build.paragraph("3户"))
    body += row.format("<w:trPr><w:del/></w:trPr>", build.paragraph("乙村"), build.paragraph("9户"))
    assert read(body + "</w:tbl>").text == "甲村：3户"


@pytest.mark.parametrize("where", ["run", "character style", "paragraph style", "defaults"])
def test_hidden_text_is_not_read_and_said(read, where):
    hide = "<w:vanish/>"
    direct = {"run": hide, "character style": '<w:rStyle w:val="h"/>'}.get(where, "")
    style = '<w:pStyle w:val="p"/>' if where == "paragraph style" else ""
    styles = (
        f'<w:style w:type="character" w:styleId="h"><w:rPr>{hide}</w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="p"><w:rPr>{hide}</w:rPr></w:style>'
    )
    if where == "defaults":
        styles += (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{hide}</w:rPr></w:rPrDefault></w:docDefaults>"
        )
    shown = run("走访", '<w:vanish w:val="0"/>')
    document = read(paragraph(shown, run("藏", direct), properties=style), styles=styles)
    assert document.text == "走访"
    assert codes(document) == ["hidden"]


def test_comments_and_notes_stay_out_and_are_said(read):
    body = paragraph(
        run("走访"), "<w:r><w:commentReference w:id='0'/></w:r>",
        "<w:r><w:footnoteReference w:id='1'/></w:r>", run("群众"),
    )  # fmt: skip
    document = read(body)
    assert document.text == "走访群众"
    assert codes(document) == ["comments", "footnotes"]


def test_the_code_of_a_field_is_not_text_and_its_result_is(read):
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    body = paragraph(
        run("共"), field.format("begin"), "<w:r><w:instrText> REF x </w:instrText></w:r>",
        run("代码"), field.format("separate"), run("3406"), field.format("end"), run("户"),
    )  # fmt: skip
    assert read(body).text == "共3406户"


def test_a_field_that_is_never_closed_swallows_no_other_line(read):
    body = paragraph("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", run("x")) + paragraph(
        run("完")
    )
    assert read(body).paragraphs == ("完",)


def test_a_generated_table_of_contents_is_not_read(read):
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    made = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    line = paragraph(run("一、甲　1"))
    control = f"<w:sdt><w:sdtPr>{made}</w:sdtPr><w:sdtContent>{line}</w:sdtContent></w:sdt>"
    body = control + paragraph(run("二、乙　2"), properties='<w:pStyle w:val="t"/>')
    document = read(body + paragraph(run("一、甲")), styles=styles)
    assert document.text == "一、甲"
    assert codes(document) == ["contents"]


def test_filled_controls_are_read_and_prompts_are_not(read):
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = paragraph(
        control.format("", run("3406户")),
        control.format("<w:showingPlcHdr/>", run("单击输入")),
        f"<w:smartTag>{run('办结')}</w:smartTag><w:hyperlink>{run('全部')}</w:hyperlink>",
    )
    document = read(body)
    assert document.text == "3406户办结全部"
    assert codes(document) == ["prompts"]


def test_a_text_box_is_read_once(read):
    box = "<w:txbxContent>{}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box.format(paragraph(run('框内3户')))}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{box.format(paragraph(run('框内3户')))}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{box.format(paragraph(run('旧框')))}</v:textbox></w:pict></w:r>"
    assert read(paragraph(run("正文"), both, run("续")) + paragraph(old)).paragraphs == (
        "正文续", "框内3户", "旧框",
    )  # fmt: skip


def test_a_line_break_ends_a_line_and_a_tab_stays(read):
    body = paragraph(run("甲"), "<w:r><w:br/></w:r>", run("乙"), "<w:r><w:tab/></w:r>", run("丙"))
    assert read(body).paragraphs == ("甲", "乙\t丙")


def test_pictures_and_objects_are_said(read):
    body = paragraph(run("办"), "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>")
    body += paragraph("<w:r><w:object/></w:r>") + "<w:altChunk/>"
    assert codes(read(body)) == ["objects", "pictures"]


def test_a_document_of_pictures_alone_says_what_to_do(read):
    with pytest.raises(InputError, match="只有图片；请先识别成文字"):
        read(paragraph("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"))


def test_the_strict_variant_of_the_format_is_read(build):
    parts = build.docx_parts(build.paragraph("走访3406户"))
    swaps = (
        ("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"),
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    )  # fmt: skip
    for usual, strict in swaps:
        parts = {name: part.replace(usual, strict) for name, part in parts.items()}
    assert reading.read_bytes(build.zipped(parts), "a.docx").text == "走访3406户"


# tables


def cell(text, properties=""):
    inner = "".join(paragraph(run(line)) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_merged_cells_are_filled_in_and_said_once_in_the_text(read):
    body = table(
        cell("村") + cell("人口", '<w:gridSpan w:val="2"/>'),
        cell("甲村", '<w:vMerge w:val="restart"/>') + cell("男") + cell("3人"),
        cell("", "<w:vMerge/>") + cell("女") + cell("5人"),
    )
    document = read(paragraph(run("前")) + body + paragraph(run("后")))
    assert document.tables[0].rows == (
        ("村", "人口", "人口"), ("甲村", "男", "3人"), ("甲村", "女", "5人"),
    )  # fmt: skip
    assert document.text.splitlines() == ["前", "村：人口", "甲村：男；3人", "甲村：女；5人", "后"]
    assert document.paragraphs == ("前", "后")
    assert document.tables[0].name == "表1"


def test_a_cell_of_several_lines_keeps_them(read):
    document = read(table(cell("党建") + cell("学习8次\n走访3户。\n完")))
    assert document.tables[0].rows == (("党建", "学习8次\n走访3户。\n完"),)
    assert document.text == "党建：学习8次；走访3户。完"


def test_a_table_within_a_cell_becomes_one_of_its_own(read):
    inner = table(cell("子项") + cell("3户"))
    body = table(cell("甲") + f"<w:tc>{paragraph(run('乙'))}{inner}{paragraph()}</w:tc>")
    assert [t.rows for t in read(body).tables] == [(("甲", "乙"),), (("子项", "3户"),)]


def test_a_frame_of_one_cell_is_running_text(read):
    body = table(f"<w:tc>{paragraph(run('一、甲'))}{table(cell('子') + cell('3户'))}"
                 f"{paragraph(run('二、乙'))}</w:tc>")  # fmt: skip
    document = read(body)
    assert document.text.splitlines() == ["一、甲", "子：3户", "二、乙"]
    assert len(document.tables) == 1


def test_a_row_that_begins_late_stays_in_its_columns(read):
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("3户")
    assert read(table(cell("村") + cell("户数"), late)).tables[0].rows[1] == ("", "3户")


# the project's own samples


def test_the_samples_in_word_are_read_with_all_their_headings():
    read = {path.name: reading.read_document(path) for path in samples_dir().glob("*.docx")}
    assert len(read) >= 4
    for document in read.values():
        tops = [line for line in document.paragraphs if line[:2] in {"一、", "二、", "三、"}]
        assert tops[0].startswith("一、")
        assert len(tops) >= 3

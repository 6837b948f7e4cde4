"""Papers as Word and WPS leave them: split runs, lists, lost styles, moves; nothing is lost."""

import copy
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter.domain import Draft, DraftSection, Point
from drafter.exporting import export_docx, read_back, read_paper

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OTHER = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W = f"{{{SPACE}}}"
LIST = """<w:numbering xmlns:w="{space}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>
<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>
<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


@pytest.fixture(scope="module")
def plain(work):
    """A draft with two levels, a table, an annex and points with facts."""
    lines = (f"一是强化部署。{work}", "二是严格排查。整改131处。", "（1）加强监管。召开会议12次。")
    points = tuple(Point(line, (f"F{n}",), "model") for n, line in enumerate(lines, 1))
    sections = (
        DraftSection("主要工作开展情况", 1, "", (), "一、"),
        DraftSection("压实安全责任", 2, "\n".join(lines), ("F1", "F2", "F3"), "（一）", points),
        DraftSection(
            "推进乡村振兴",
            2,
            "1.种植业。小麦12035亩。\n2.养殖业\n生猪出栏860头。\n指标\t目标\t完成\n小麦\t12000\t12035",
            ("F4",),
            "（二）",
        ),
        DraftSection("存在的问题", 1, "排查不够深入，还有5处未整改。", ("F5",), "二、"),
        DraftSection("下一步打算", 1, "持续整改。\n加强培训。", ("F6",), "三、"),
    )
    body = (text for s in sections for text in (f"{s.marker}{s.heading}", s.text) if text)
    return Draft(
        "云溪镇2025年工作总结",
        sections,
        "\n".join(("云溪镇2025年工作总结", "现将有关情况总结如下：", *body)),
        preamble="现将有关情况总结如下：",
        unit="云溪镇人民政府",
        issue_date="2026年1月5日",
        addressee="县政府办公室",
        annexes=("指标完成情况表", "问题整改台账"),
    )


def xml(text):
    return list(etree.fromstring(f'<r xmlns:w="{SPACE}" xmlns:mc="{OTHER}">{text}</r>'))


def edited(data, edit, more=()):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "word/document.xml":
                root = etree.fromstring(content)
                edit(root)
                content = etree.tostring(root)
            target.writestr(info.filename, content)
        for name, content in more:
            target.writestr(name, content)
    return out.getvalue()


def find(root, start):
    return next(p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith(start))


def say(paragraph, text):
    first, *others = paragraph.iter(f"{W}t")
    first.text = text
    for t in others:
        t.text = ""


def split_runs(root):
    for p in root.iter(f"{W}p"):
        p.set(f"{W}rsidR", "00AB12CD")
        for run in p.findall(f"{W}r"):
            t = run.find(f"{W}t")
            if t is not None and len(t.text) > 2:
                other = copy.deepcopy(run)
                middle = len(t.text) // 2
                other.find(f"{W}t").text, t.text = t.text[middle:], t.text[:middle]
                run.addnext(other)
                run.addnext(xml('<w:proofErr w:type="spellStart"/>')[0])
                run.addnext(xml('<w:bookmarkStart w:id="7" w:name="_GoBack"/>')[0])


def smart_tags(root):
    wrap(root, '<w:smartTag w:uri="x" w:element="date"><w:smartTagPr/></w:smartTag>')


def links(root):
    wrap(root, '<w:hyperlink w:anchor="a"/>')


def wrap(root, tag):
    for run in [r for p in root.iter(f"{W}p") for r in p.findall(f"{W}r")]:
        holder = xml(tag)[0]
        run.addprevious(holder)
        holder.append(run)


def controls(root):
    for run in [r for p in root.iter(f"{W}p") for r in p.findall(f"{W}r")]:
        control = xml("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")[0]
        run.addprevious(control)
        control[1].append(run)


def fields(root):
    p = find(root, "二是严格")
    for run in p.findall(f"{W}r"):
        p.remove(run)
    kinds = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")]
    said = "<w:r><w:t>131</w:t></w:r>"
    order = "<w:r><w:instrText> REF a </w:instrText></w:r>"
    begin, separate, end = kinds
    for e in xml(
        f"{run_of('二是严格排查。整改')}{begin}{order}{separate}{said}{end}{run_of('处。')}"
    ):
        p.append(e)


def run_of(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def lost_styles(root):
    for properties in root.iter(f"{W}pPr"):
        for style in properties.findall(f"{W}pStyle"):
            properties.remove(style)


def pasted_into_wps(root):
    lost_styles(root)
    for p in list(root.iter(f"{W}p")):
        if not "".join(p.itertext()).strip() and p.getparent().tag == f"{W}body":
            p.getparent().remove(p)
    for p in root.iter(f"{W}p"):
        t = next(p.iter(f"{W}t"), None)
        if t is not None:
            t.text = "　　" + t.text


def two_titles(root):
    p = find(root, "云溪镇2025年工作")
    other = copy.deepcopy(p)
    say(p, "云溪镇2025年")
    say(other, "工作总结")
    p.addnext(other)


@pytest.mark.parametrize(
    "edit",
    [split_runs, smart_tags, links, controls, fields, lost_styles, pasted_into_wps, two_titles],
)
def test_what_a_word_processor_does_by_itself_is_no_change(edit, plain):
    back = read_back(edited(export_docx(plain), edit), plain)
    assert back.changes == ()
    assert back.draft is plain
    assert back.origins == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("kind", ["chineseCounting", "chineseCountingThousand", "japaneseCounting"])
@pytest.mark.parametrize("styled", [True, False])
def test_numbers_that_became_an_automatic_list_are_read_again(kind, styled, plain):
    def edit(root):
        names = (
            ("一、主要", 0),
            ("（一）压实", 1),
            ("（二）推进", 1),
            ("二、存在", 0),
            ("三、下一", 0),
        )
        for start, level in names:
            p = find(root, start)
            say(p, "".join(p.itertext()).split("、" if level == 0 else "）", 1)[1])
            place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
            p.find(f"{W}pPr").append(xml(place)[0])
        if not styled:
            lost_styles(root)

    part = ("word/numbering.xml", LIST.format(space=SPACE, kind=kind))
    assert read_back(edited(export_docx(plain), edit, [part]), plain).draft is plain


def test_tracked_changes_and_moves_of_a_person_count_as_accepted(plain):
    def edit(root):
        p = find(root, "二是严格")
        for run in p.findall(f"{W}r"):
            p.remove(run)
        gone = '<w:del w:id="1" w:author="王"><w:r><w:delText>131</w:delText></w:r></w:del>'
        new = '<w:ins w:id="2" w:author="王"><w:r><w:t>132</w:t></w:r></w:ins>'
        for e in xml(f"{run_of('二是严格排查。整改')}{gone}{new}{run_of('处。')}"):
            p.append(e)
        first, second = find(root, "持续整改"), find(root, "加强培训")
        moved = copy.deepcopy(first)
        for paragraph, tag in ((first, "moveFrom"), (moved, "moveTo")):
            run = paragraph.find(f"{W}r")
            mark = xml(f'<w:{tag} w:id="3" w:author="王"/>')[0]
            run.addprevious(mark)
            mark.append(run)
        second.addnext(moved)

    draft = read_back(edited(export_docx(plain), edit), plain).draft
    assert "整改132处" in draft.sections[1].text
    assert draft.sections[4].text == "加强培训。\n持续整改。"
    assert [s.fact_ids for s in draft.sections] == [s.fact_ids for s in plain.sections]


def test_a_section_that_was_moved_keeps_its_facts(plain):
    def edit(root):
        heading = find(root, "二、存在")
        body = heading.getnext()
        last = find(root, "加强培训")
        last.addnext(body)
        last.addnext(heading)

    back = read_back(edited(export_docx(plain), edit), plain)
    assert [s.heading for s in back.draft.sections][-2:] == ["下一步打算", "存在的问题"]
    assert back.draft.sections[-1] == plain.sections[3]
    assert back.origins == (0, 1, 2, 4, 3)


def test_a_renamed_heading_keeps_the_facts_of_its_text(plain):
    def edit(root):
        say(find(root, "二、存在"), "二、工作中的短板弱项")
        say(find(root, "三、下一"), "三、明年工作安排")

    back = read_back(edited(export_docx(plain), edit), plain)
    assert [(c.kind, c.new) for c in back.changes] == [
        ("changed", "二、工作中的短板弱项"),
        ("changed", "三、明年工作安排"),
    ]
    renamed = [("二、", "工作中的短板弱项", ("F5",)), ("三、", "明年工作安排", ("F6",))]
    assert [(s.marker, s.heading, s.fact_ids) for s in back.draft.sections[3:]] == renamed


def test_a_heading_taken_out_leaves_its_text_in_the_section_above(plain):
    def edit(root):
        heading = find(root, "二、存在")
        heading.getparent().remove(heading)

    back = read_back(edited(export_docx(plain), edit), plain)
    assert [c.kind for c in back.changes] == ["removed"]
    assert back.draft.text.count("排查不够深入") == 1
    assert len(back.draft.sections) == len(plain.sections) - 1


def test_a_heading_put_into_a_section_takes_the_text_below_it(plain):
    def edit(root):
        new = xml(
            f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run_of("四、培训计划")}</w:p>'
        )[0]
        find(root, "加强培训").addprevious(new)

    back = read_back(edited(export_docx(plain), edit), plain)
    assert [s.text for s in back.draft.sections][-2:] == ["持续整改。", "加强培训。"]
    assert back.origins == (0, 1, 2, 3, 4, None)
    assert back.draft.text.count("加强培训。") == 1


def test_a_text_box_is_read_once(plain):
    box = f"<w:txbxContent><w:p>{run_of('附图')}</w:p></w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    both = f"{choice}<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"

    def edit(root):
        run = xml(f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")[0]
        find(root, "二是严格").append(run)

    text = read_back(edited(export_docx(plain), edit), plain).draft.text
    assert text.count("附图") == 1


def test_a_paper_is_read_without_its_draft(plain):
    read = read_paper(export_docx(plain))
    assert (read.title, read.unit, read.issue_date) == (plain.title, plain.unit, plain.issue_date)
    assert (read.addressee, read.annexes) == (plain.addressee, plain.annexes)
    for section in plain.sections:
        assert section.heading in read.text
        for line in section.text.split("\n"):
            assert line in read.text
    assert read_back(export_docx(plain), read).draft is read


MOVES = st.lists(
    st.tuples(st.sampled_from(["delete", "move", "type", "merge", "split"]), st.integers(0, 30)),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_whatever_people_do_each_word_of_theirs_is_in_the_text_once(plain, moves):
    def edit(root):
        for kind, place in moves:
            lines = [p for p in root.iter(f"{W}p") if p.getparent().tag == f"{W}body"]
            lines = [p for p in lines if "".join(p.itertext()) and "Gw" in style_of(p)]
            body = [p for p in lines if style_of(p) == "GwBody"]
            if body:
                act(kind, body[place % len(body)], body[(place * 7) % len(body)])

    data = edited(export_docx(plain), edit)
    paper = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    draft = read_back(data, plain).draft
    for p in paper.iter(f"{W}p"):
        text = "".join(t.text or "" for t in p.iter(f"{W}t"))
        if text and style_of(p) in ("GwBody", "Heading1", "Heading2", "Heading3"):
            assert text in draft.text
    typed = sum("".join(p.itertext()).count("新增7件") for p in paper.iter(f"{W}p"))
    assert draft.text.count("新增7件") == typed
    figures = ("131处", "12次", "12035亩", "860头", "5处")
    said = "\n".join("".join(p.itertext()) for p in paper.iter(f"{W}p"))
    for figure in figures:
        assert draft.text.count(figure) == said.count(figure)


def style_of(p):
    style = p.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def act(kind, one, other):
    if kind == "delete":
        one.getparent().remove(one)
    elif kind == "move" and one is not other:
        other.addnext(one)
    elif kind == "type":
        say(one, "".join(one.itertext()) + "新增7件。")
    elif kind == "merge" and one is not other:
        for run in one.findall(f"{W}r"):
            other.append(run)
        one.getparent().remove(one)
    elif kind == "split":
        text = "".join(one.itertext())
        new = copy.deepcopy(one)
        say(one, text[: len(text) // 2] or text)
        say(new, text[len(text) // 2 :] or "续。")
        one.addnext(new)


def test_two_edited_copies_of_one_draft_do_not_hinder_each_other(plain):
    def first(root):
        say(find(root, "持续整改"), "持续抓好整改。")

    def second(root):
        say(find(root, "加强培训"), "加强业务培训。")

    data = export_docx(plain)
    once = read_back(edited(data, first), plain).draft
    both = read_back(edited(export_docx(once), second), once).draft
    assert both.sections[4].text == "持续抓好整改。\n加强业务培训。"
    assert replace(both.sections[4], text=plain.sections[4].text) == plain.sections[4]

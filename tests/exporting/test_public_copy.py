"""Nothing internal stands anywhere in the bytes of a public copy; the rest is identical."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Draft, DraftSection, Evidence, Finding, Notice, Point
from drafter.errors import ExportError
from drafter.exporting import (
    export_docx,
    export_html,
    export_markdown,
    export_revision,
    export_text,
    public_version,
    read_back,
)
from drafter.facts import parse_facts

LINES = (
    "受理信访事项86件",
    "信访积案化解41件，由镇长贺兰舟包案（内部）",
    "给予党纪处分17人，涉及资金2.35万元（内部）",
    "清理垃圾260吨",
    "开展培训12场，培训干部460人",
)
SECRET = ("41件", "贺兰舟", "包案", "党纪处分", "17人", "2.35万元", "23500元", "45件", "47.7%")


def whole(title="云溪镇2025年工作总结", heading="信访工作", **fields):
    facts = parse_facts("\n".join(LINES), "云溪镇", "2025年")
    points = (
        Point("一是受理信访事项86件。化解积案41件，由镇长贺兰舟包案。", ("F1", "F2")),
        Point("二是未化解的还有45件，化解率47.7%。", ("F1", "F2")),
        Point("三是清理垃圾260吨。", ("F4",)),
        Point(
            "四是给予党纪处分十七人，资金23500元。", ("F3",), notice="给予党纪处分17人写在第四点"
        ),
    )
    rows = "事项\t件数\n受理\t86件\n化解\t41件\n培训\t12场"
    text = "\n".join(point.text for point in points)
    sections = (
        DraftSection(heading, 1, f"{text}\n{rows}", ("F1", "F2", "F3", "F4"), "一、", points),
        DraftSection("干部培训", 1, "开展培训12场，培训干部460人。", ("F5",), "二、"),
    )
    draft = Draft(title, sections, facts=facts, unit="云溪镇人民政府", **fields)
    return replace(draft, text=export_text(draft))


def every_byte(draft):
    """Return all that a public copy holds, in every form, unpacked."""
    told = [export_text(draft), export_markdown(draft), export_html(draft), repr(draft)]
    for options in ({}, {"review": True, "annex": True}, {"template": office_template()}):
        data = export_docx(draft, **options, profile={"comment_facts": True})
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            told += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join(told)


def office_template():
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def test_the_facts_of_these_tests_are_internal_where_they_say_so():
    assert [fact.internal for fact in whole().facts] == [False, True, True, False, False]


def test_nothing_internal_is_in_any_byte_of_the_public_copy():
    told = every_byte(public_version(whole()))
    assert [word for word in SECRET if word in told] == []
    assert "内部" not in told


def test_what_is_public_stays_character_for_character():
    public = public_version(whole())
    lines = public.sections[0].text.split("\n")
    assert lines == [
        "一是受理信访事项86件。",
        "三是清理垃圾260吨。",
        "事项\t件数",
        "受理\t86件",
        "培训\t12场",
    ]
    assert public.sections[1] == whole().sections[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "云溪镇化解信访积案41件工作总结"),
        ("heading", "给予党纪处分17人"),
        ("unit", "云溪镇贺兰舟工作室"),
        ("addressee", "贺兰舟同志"),
        ("annexes", ("贺兰舟包案台账", "清理垃圾台账")),
        ("preamble", "全年化解信访积案41件。现总结如下。"),
    ],
)
def test_a_name_or_heading_that_tells_is_left_open_and_said(field, value):
    fields = {"unit": "云溪镇人民政府", field: value}
    heading, title = fields.pop("heading", "信访工作"), fields.pop("title", "工作总结")
    unit = fields.pop("unit")
    draft = replace(whole(title, heading, **fields), unit=unit)
    public = public_version(draft)
    told = every_byte(public)
    assert [word for word in SECRET if word in told] == []
    if field != "preamble":
        assert any(n.blocking and "另拟" in n.message for n in public.notices)
        assert "【待补：公开版标题】" in told
    else:
        assert public.preamble == "现总结如下。"


def test_findings_evidence_and_notices_of_internal_facts_stay_inside():
    draft = whole()
    at = draft.text.index("41件")
    draft = replace(
        draft,
        findings=(Finding(at, at + 3, "41件", "inconsistency", "block", "与41件不符"),),
        evidence=(Evidence(at, at + 3, "41件", "figure", "exact", ("F2",)),),
        notices=(Notice("x", "贺兰舟包案的41件请核对"), Notice("y", "第2条", fact_ids=("F2",))),
        unused_facts=("F3",),
    )
    told = every_byte(public_version(draft))
    assert [word for word in SECRET if word in told] == []


def test_a_figure_derived_from_an_internal_one_goes_by_its_evidence():
    draft = whole()
    section = replace(draft.sections[1], text="平均每场38.3人，较计划多出五成。培训12场。")
    draft = replace(draft, sections=(draft.sections[0], section))
    draft = replace(draft, text=export_text(draft))
    at = draft.text.index("五成")
    mixed = Evidence(at, at + 2, "五成", "figure", "derived", ("F2", "F5"))
    assert "五成" not in export_text(public_version(replace(draft, evidence=(mixed,))))
    told = Evidence(at, at + 2, "五成", "figure", "equal", ("F2", "F5"))
    assert "五成" in export_text(public_version(replace(draft, evidence=(told,))))


def test_a_bare_number_in_a_tables_cell_is_told_too():
    draft = whole()
    rows = "事项\t件数\t占比\n受理\t86\t100\n化解\t41\t47.7\n剩余\t45\t52.3\n培训\t12\t"
    section = replace(draft.sections[0], text=rows, points=(), fact_ids=("F1", "F2"))
    assert public_version(replace(draft, sections=(section,))).sections[0].text.split("\n") == [
        "事项\t件数\t占比",
        "受理\t86\t100",
        "培训\t12\t",
    ]


def test_a_line_whose_end_is_withheld_ends_as_it_did():
    draft = whole()
    section = replace(
        draft.sections[0],
        text="受理信访事项86件；化解积案41件。\n化解积案41件；清理垃圾260吨。",
        points=(),
        fact_ids=("F1", "F2", "F4"),
    )
    public = public_version(replace(draft, sections=(section,)))
    assert public.sections[0].text == "受理信访事项86件。\n清理垃圾260吨。"


def test_a_figure_that_public_facts_give_as_well_stays():
    lines = "\n".join((*LINES, "排查隐患41件"))
    draft = replace(whole(), facts=parse_facts(lines, "云溪镇", "2025年"))
    section = DraftSection("安全生产", 1, "排查隐患41件。", ("F6",), "三、")
    public = public_version(replace(draft, sections=(*draft.sections, section)))
    assert public.sections[2].text == "排查隐患41件。"


def test_a_public_copy_is_no_revision_of_the_internal_one():
    draft = whole()
    with pytest.raises(ExportError, match="公开版只能与公开版比"):
        export_revision(draft, public_version(draft))
    shorter = replace(draft, sections=draft.sections[1:])
    export_revision(public_version(draft), public_version(shorter))


def test_a_public_copy_comes_back_as_it_went():
    public = public_version(whole())
    assert read_back(export_docx(public), public).draft is public


WORDS = st.lists(
    st.sampled_from(
        ["受理86件", "化解41件", "剩余45件", "贺兰舟", "清理260吨", "，", "。", "\n", "\t"]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_whatever_is_written_no_internal_figure_or_person_is_told(text, heading):
    draft = whole(heading=heading)
    section = replace(draft.sections[0], text=text, points=())
    public = public_version(replace(draft, sections=(section, draft.sections[1]), text=""))
    told = export_text(public)
    assert [word for word in SECRET if word in told] == []

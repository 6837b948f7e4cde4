"""The checker, and drafts to export: rich, sparse, with tables, long."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.domain import Draft, DraftSection, Evidence, Fact, FactSheet, Finding, Source

WORK = (
    "全镇上下认真落实县委、县政府部署要求，扎实推进“三大行动”——环境整治、产业发展、基层治理……"
    "2025年排查隐患136处，整改131处，整改率96.3%，群众满意度明显提升。"
)


def loaded(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def checker():
    """The rules of the standard on the raw XML."""
    return loaded("layout_checker")


@pytest.fixture(scope="session")
def drawn():
    """The rules of the standard on printed pages."""
    return loaded("rendered_checker")


@pytest.fixture(scope="session")
def odd():
    """Drafts with one oddity each, by name."""
    return loaded("odd_drafts").ODD


def pytest_generate_tests(metafunc):
    """Run a test that asks for ``odd_name`` once for each."""
    if "odd_name" in metafunc.fixturenames:
        metafunc.parametrize("odd_name", loaded("odd_drafts").ODD)


@pytest.fixture(scope="session")
def rich():
    """A draft with every kind of paragraph, findings, evidence and facts."""
    sections = (
        DraftSection("主要工作开展情况", 1, "", marker="一、"),
        DraftSection(
            "压实安全生产责任",
            2,
            f"一是强化部署。{WORK}\n二是严格排查。整改131处，【待补：其余5处的整改时限】。\n（1）加强监管。{WORK}",
            ("F1", "F2"),
            "（一）",
        ),
        DraftSection(
            "推进乡村振兴",
            2,
            f"1.种植业。{WORK}\n2.养殖业\n{WORK}\n指标\t目标\t完成\n小麦（亩）\t12000\t12035\n玉米（亩）\t8000\t8120",
            ("F3",),
            "（二）",
        ),
        DraftSection("存在的问题", 1, WORK * 4, marker="二、"),
        DraftSection("下一步打算", 1, "\n".join([WORK] * 3), marker="三、"),
    )
    facts = FactSheet(
        (
            Fact("F1", "排查隐患136处", source=Source("安全.xlsx", "第3行"), office="应急办"),
            Fact("F2", "整改131处", source=Source("安全.xlsx", "第4行")),
            Fact("F3", "小麦面积12035亩", source=Source("粘贴", "第9行")),
        ),
        unit="云溪镇",
    )
    draft = Draft(
        "青石县云溪镇关于开展2025年度农村人居环境整治提升专项行动工作情况的总结",
        sections,
        preamble="现将云溪镇有关工作情况总结如下：",
        facts=facts,
        writer="qwen-plus",
        unit="云溪镇人民政府",
        issue_date="2026年1月5日",
        addressee="县委农村工作领导小组办公室",
        annexes=(
            "2025年度重点任务完成情况表",
            "云溪镇人居环境整治提升专项行动进展台账及各村问题整改情况一览表",
        ),
    )
    return with_findings(draft)


@pytest.fixture(scope="session")
def wide(rich):
    """The rich draft with a table that no upright page can show, under a heading of its own."""
    head = "\t".join(f"第{n}项指标完成情况" for n in range(1, 11))
    rows = "\n".join("\t".join(f"{n}万元{m}" for n in range(1, 11)) for m in range(30))
    table = DraftSection("各村指标", 2, f"{head}\n{rows}", ("F3",), "（三）")
    sections = (*rich.sections[:3], table, *rich.sections[3:])
    return with_findings(replace(rich, sections=sections))


def full_text(draft):
    lines = [draft.title, draft.preamble]
    for section in draft.sections:
        lines += [f"{section.marker}{section.heading}", section.text]
    return "\n".join(line for line in lines if line)


def with_findings(draft):
    text = full_text(draft)
    first, second = text.index("136处"), text.index("整改131处，【待补")
    findings = (
        Finding(
            first,
            first + 4,
            "136处",
            "altered_number",
            "block",
            "与素材不符",
            "改为素材中的数字",
            ("F1",),
        ),
        Finding(
            second,
            second + 6,
            "整改131处",
            "inconsistency",
            "confirm",
            "前后两处请核对",
            fact_ids=("F2",),
        ),
        Finding(0, 3, "青石县", "wrong_entity", "hint", "请核对县名"),
    )
    evidence = (
        Evidence(first, first + 4, "136处", "figure", "exact", ("F1",)),
        Evidence(second + 2, second + 6, "131处", "figure", "exact", ("F2",)),
        Evidence(
            text.index("12035"),
            text.index("12035") + 5,
            "12035",
            "figure",
            "equal",
            ("F3",),
            "12035亩=12035亩",
        ),
    )
    return replace(draft, text=text, findings=findings, evidence=evidence)


@pytest.fixture(scope="session")
def sparse():
    """A draft with next to nothing: no unit, no date, one section of one line."""
    return Draft(
        "工作总结", (DraftSection("工作情况", 1, "【待补：本栏目的工作素材】", marker="一、"),)
    )


@pytest.fixture(scope="session")
def work():
    return WORK

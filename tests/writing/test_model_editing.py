"""Edits by instruction: the facts stay, locks hold, only what is selected changes."""

import asyncio
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import DraftSection
from drafter.errors import EmptyInput, ModelDenied, ModelTimeout
from drafter.facts import parse_facts
from drafter.writing import StopWriting
from drafter.writing.editing import Edit, blocks_of, rewrite_section
from drafter.writing.handles import mask, render
from drafter.writing.headings import is_parallel, parallel_headings
from drafter.writing.unrender import unrender

FACTS = parse_facts(
    "党委理论学习中心组学习10次，其中专题研讨4次\n党委书记沈砚秋讲专题党课2场\n"
    "明察暗访16轮，印发通报3期\n3月6日印发《云渡镇“作风建设年”活动方案》",
    unit="云渡镇",
)
TEXT = (
    "一是抓好学习。党委理论学习中心组学习10次，其中专题研讨4次。党委书记沈砚秋讲专题党课2场。\n"
    "二是严格监督。明察暗访16轮，印发通报3期。3月6日印发《云渡镇“作风建设年”活动方案》。"
)
SECTION = DraftSection("作风建设情况", 1, TEXT, tuple(f.id for f in FACTS))


class Model:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    async def __call__(self, prompt):
        self.asked.append(prompt)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(prompt) if callable(answer) else answer


def shown(prompt):
    text = next(t for role, t in prompt.messages if "原文：" in t)
    return re.sub("=[^〔〕]*(?=〕)", "", text.split("原文：", 1)[1].split("\n要求：")[0])


def turned(prompt):
    """Tell the same in other words."""
    return "按照部署，" + shown(prompt)


def test_a_section_is_rewritten_with_all_its_figures_and_names():
    model = Model(turned)
    [version] = rewrite_section(SECTION, Edit("更简练"), model, FACTS)
    assert version.changed
    assert version.text == TEXT.replace("党委理论", "按照部署，党委理论").replace(
        "明察", "按照部署，明察"
    )
    assert version.model == "model"
    assert version.prompt_version
    assert version.usage.calls == len(model.asked) == 2


def test_markers_and_short_titles_stay():
    [version] = rewrite_section(SECTION, Edit("更详细"), Model(turned), FACTS)
    assert version.text.startswith("一是抓好学习。")
    assert "\n二是严格监督。" in version.text


def test_only_the_selected_sentences_change():
    start = TEXT.index("明察暗访")
    edit = Edit("换一种写法", start=start, end=start + 5)
    [version] = rewrite_section(SECTION, edit, Model(turned), FACTS)
    before, _, behind = TEXT.partition("明察暗访16轮，印发通报3期。")
    assert version.text.startswith(before)
    assert version.text.endswith(behind)
    assert "按照部署，明察暗访16轮" in version.text


def test_locked_sentences_stay_to_the_letter():
    edit = Edit("更简练", keep=("党委书记沈砚秋讲专题党课2场。",))
    model = Model(turned)
    [version] = rewrite_section(SECTION, edit, model, FACTS)
    assert "党委书记沈砚秋讲专题党课2场。" in version.text
    assert all("沈砚秋" not in str(prompt) for prompt in model.asked)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: re.sub("〔F[^〕]*〕", "若干", text, count=1),
        lambda text: text + "投入资金99万元。",
        lambda text: text + "另有〔F3.1〕轮。",
        lambda text: text + re.findall("〔F[^〕]*〕", text)[0],
        lambda text: "",
        lambda text: "抱歉，我无法完成。",
        lambda text: "This is the text in English, shorter than before and better.",
    ],
)
def test_a_version_that_loses_or_adds_something_is_asked_for_again_then_refused(spoil):
    model = Model(lambda prompt: spoil(shown(prompt) if "原文：" in str(prompt) else ""))
    [version] = rewrite_section(SECTION, Edit("更简练"), model, FACTS)
    assert version.text == TEXT
    assert not version.changed
    assert "保留原文" in version.notice
    assert 2 <= len(model.asked) <= 4


def test_a_second_answer_that_is_right_is_taken():
    answers = iter(["全文若干。", None])
    first = {}

    def once_wrong(prompt):
        key = prompt.messages[1]
        first[key] = first.get(key, 0) + 1
        return "中心组学习若干次。" if first[key] == 1 else turned(prompt)

    [version] = rewrite_section(SECTION, Edit("更简练"), Model(once_wrong), FACTS)
    assert version.changed
    assert "16轮" in version.text
    assert list(answers)


def test_a_fact_that_the_instruction_names_is_added():
    section = DraftSection("作风建设情况", 1, "明察暗访16轮，印发通报3期。", (FACTS.facts[2].id,))
    wanted = FACTS.facts[1]

    def add(prompt):
        handles = re.findall("〔(F2[^=〕]*)", str(prompt))
        return (
            shown(prompt).rstrip("。") + f"；党委书记〔{handles[0]}〕讲专题党课〔{handles[1]}〕场。"
        )

    [version] = rewrite_section(section, Edit(f"补上{wanted.id}"), Model(add), FACTS)
    assert version.text == "明察暗访16轮，印发通报3期；党委书记沈砚秋讲专题党课2场。"


def test_several_candidates_differ():
    count = iter(range(100))
    model = Model(
        lambda prompt: f"{'首先其次再次此外'[2 * (next(count) // 2) :][:2]}，" + shown(prompt)
    )
    versions = rewrite_section(SECTION, Edit("换一种写法", candidates=3), model, FACTS)
    assert 2 <= len({v.text for v in versions}) == len(versions) <= 3
    assert {prompt.purpose for prompt in model.asked} == {"candidate"}


def test_a_failing_model_leaves_the_text_and_says_why():
    [version] = rewrite_section(SECTION, Edit("更简练"), Model(ModelTimeout("没有回应")), FACTS)
    assert (version.text, version.changed) == (TEXT, False)
    assert "没有回应" in version.notice


def test_a_denied_key_is_an_error_not_a_version():
    with pytest.raises(ModelDenied):
        rewrite_section(SECTION, Edit("更简练"), Model(ModelDenied("密钥不对")), FACTS)


def test_nothing_to_rewrite_is_refused_without_a_call():
    model = Model(turned)
    with pytest.raises(EmptyInput):
        rewrite_section(DraftSection("标题", 1, "  "), Edit("更简练"), model, FACTS)
    with pytest.raises(EmptyInput):
        rewrite_section(SECTION, Edit(" "), model, FACTS)
    assert model.asked == []


def test_what_was_typed_by_hand_gets_a_handle_too_and_stays():
    section = DraftSection(
        "作风建设情况", 1, "明察暗访16轮。回访受处理干部4名，李守田同志带队。", ()
    )
    model = Model(turned)
    [version] = rewrite_section(section, Edit("更简练"), model, FACTS)
    assert "16轮" in version.text
    assert "4名" in version.text


def test_in_sealed_mode_no_figure_or_name_is_in_a_rewriting_prompt():
    model = Model(turned)
    edit = Edit("把云渡镇放到前面，写到100字", sealed=True)
    [version] = rewrite_section(SECTION, edit, model, FACTS)
    sent = "\n".join(text for prompt in model.asked for role, text in prompt.messages[1:])
    for secret in ("云渡", "沈砚秋", "活动方案", "3月6日", "=10", "100"):
        assert secret not in sent, secret
    assert "沈砚秋" in version.text


def test_stop_leaves_the_text_as_it_was():
    async def slow(prompt):
        await asyncio.sleep(30)

    def on_event(event):
        if event.kind == "waiting":
            raise StopWriting

    [version] = rewrite_section(SECTION, Edit("更简练"), slow, FACTS, on_event)
    assert (version.text, version.changed) == (TEXT, False)
    assert "停止" in version.notice


def test_it_works_within_a_running_event_loop():
    async def page():
        return rewrite_section(SECTION, Edit("更简练"), Model(turned), FACTS)

    assert asyncio.run(page())[0].changed


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.sets(st.integers(0, 3)))
def test_blocks_joined_are_the_text_again(start, length, locks):
    sentences = [
        "党委书记沈砚秋讲专题党课2场。",
        "明察暗访16轮，印发通报3期。",
        "一是抓好学习。",
        "无",
    ]
    edit = Edit("更简练", start, start + length, tuple(sentences[n] for n in locks))
    blocks = blocks_of(TEXT, edit)
    assert "".join(block.text for block in blocks) == TEXT
    assert all(s not in b.text for b in blocks if b.free for s in edit.keep)


@pytest.mark.parametrize("sealed", [False, True])
def test_a_text_without_its_values_renders_to_itself(sealed):
    masked = [mask(fact, sealed=sealed) for fact in FACTS]
    source = unrender(TEXT, masked, sealed)
    assert render(source.text, {slot.id: slot for slot in source.slots}).text == TEXT
    if sealed:
        assert not re.search(r"沈砚秋|\d+次", source.shown(True))


# ------------------------------------------------------------------ headings, opening sentence

POINTS = ["中心组学习10次，研讨4次。", "排查隐患97处，整改97处。", "化解纠纷211件。"]


def test_parallel_headings_are_of_one_form_and_without_figures():
    model = Model("1. 强化学习研讨\n2. 强化隐患排查\n3. 强化纠纷化解")
    assert parallel_headings(POINTS, model, FACTS) == [
        ("强化学习研讨", "强化隐患排查", "强化纠纷化解")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "强化学习研讨\n强化隐患排查",
        "强化学习研讨\n强化隐患排查治理\n强化纠纷化解",
        "学习研讨10次\n隐患排查97\n纠纷化解211",
        "学习成效显著\n排查成效显著\n纠纷成效显著",
        "强化学习研讨\n强化学习研讨\n强化学习研讨",
        "抓好党建工作\n抓好经济工作\n抓好文化工作",
        "抱歉，我无法完成。",
    ],
)
def test_headings_that_do_not_fit_are_no_proposal(answer):
    model = Model(answer)
    assert parallel_headings(POINTS, model, FACTS, candidates=1) == []
    assert len(model.asked) == 2


def test_headings_of_equal_length_with_commas_at_one_place_are_parallel():
    assert is_parallel(["学思践悟，抓好学习", "从严从实，排查隐患"], POINTS[:2])
    assert not is_parallel(["学思践悟，抓好学习", "从严，扎实排查隐患"], POINTS[:2])


def test_one_point_needs_no_parallel():
    with pytest.raises(EmptyInput):
        parallel_headings(POINTS[:1], Model("好"), FACTS)


def test_a_rewriting_adds_no_clause_that_nobody_wrote_or_asked_for():
    padding = "，为各项事业发展打下了坚实的基础。"
    model = Model(lambda prompt: shown(prompt).rstrip("。") + padding)
    [version] = rewrite_section(SECTION, Edit("更详细"), model, FACTS)
    assert "打下" not in version.text
    [version] = rewrite_section(SECTION, Edit(f"末尾写明{padding}"), model, FACTS)
    assert "打下了坚实的基础" in version.text

"""parse(render(tree)) is the tree, whatever an office does to the lines."""

import importlib.util
import random
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafter.samples.parse import parse_sample

_spec = importlib.util.spec_from_file_location("trees", Path(__file__).parent / "trees.py")
trees = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(trees)

SEEDS = st.integers(0, 10**6)
FRONT = "青石镇2024年度工作总结\n现将一年来的工作情况总结如下。\n"
few = settings(max_examples=40, deadline=None)


def tree_of(sample):
    found = []

    def visit(section, parent):
        found.append((section.level, section.heading, parent))
        for child in section.children:
            visit(child, section.heading)

    for section in sample.sections:
        visit(section, "")
    return found


def codes(sample):
    return {warning.code for warning in sample.warnings}


@few
@given(SEEDS, st.sampled_from(["（）", "()"]))
def test_a_sound_text_gives_its_tree_and_no_warning(seed, brackets):
    nodes = trees.build(seed, brackets)
    text, places = trees.render(trees.paragraphs(nodes))
    sample = parse_sample(FRONT + text, "甲")
    assert tree_of(sample) == trees.parents(nodes)
    assert [s.start - len(FRONT) for s in sample.walk()] == [at for at, _ in places]
    assert sample.title == "青石镇2024年度工作总结"
    assert not sample.warnings


@few
@given(SEEDS)
def test_every_offset_points_into_the_text_given(seed):
    nodes = trees.build(seed)
    text = (FRONT + trees.render(trees.paragraphs(nodes))[0]).replace("\n", "\r\n")
    sample = parse_sample(text)
    for section in sample.walk():
        assert sample.text.startswith(section.marker, section.start)
        found = sample.text[section.heading_start : section.heading_end]
        assert "".join(found.split()) == section.heading
        assert section.body in sample.text
        assert section.start < section.heading_start <= section.heading_end <= section.end


@few
@given(SEEDS)
def test_a_text_on_one_line_gives_its_tree(seed):
    nodes = trees.build(seed)
    text, _ = trees.render(trees.paragraphs(nodes), " ")
    sample = parse_sample(FRONT.replace("\n", " ") + text)
    assert tree_of(sample) == trees.parents(nodes)
    assert codes(sample) <= {"single_line"}


@few
@given(SEEDS, st.integers(26, 44))
def test_hard_wrapped_lines_give_the_tree(seed, width):
    nodes = trees.build(seed)
    sound = FRONT + trees.render(trees.paragraphs(nodes))[0]
    sample = parse_sample(trees.wrap(sound, width))
    assert tree_of(sample) == trees.parents(nodes)
    assert codes(sample) <= {"hard_wrapped"}
    if sample.warnings:
        bodies = ["".join(s.body.split()) for s in parse_sample(sound).walk()]
        assert ["".join(s.body.split()) for s in sample.walk()] == bodies


@few
@given(SEEDS)
def test_a_chapter_glued_to_the_paragraph_before_is_cut_off_and_reported(seed):
    nodes = trees.build(seed)
    parts = trees.paragraphs(nodes)
    at = next(i for i, p in enumerate(parts) if i and p[0][1] is nodes[1])
    parts[at - 1 : at + 1] = [parts[at - 1] + parts[at]]
    text, _ = trees.render(parts)
    sample = parse_sample(FRONT + text)
    assert tree_of(sample) == trees.parents(nodes)
    assert codes(sample) == {"glued_heading"}


@few
@given(SEEDS)
def test_a_chapter_that_lost_its_number_keeps_its_place(seed):
    nodes = trees.build(seed)
    told = [n for n in nodes[:-1] if n.number > 1 or (n.children and n.children[0].level == 2)]
    told += [n for n in nodes[-1:] if n.children and n.children[0].level == 2]
    assume(told)
    lost = random.Random(seed).choice(told)
    lost.marker = ""
    text, _ = trees.render(trees.paragraphs(nodes))
    sample = parse_sample(FRONT + text)
    assert tree_of(sample) == trees.parents(nodes)
    assert "unnumbered_heading" in codes(sample)


@few
@given(SEEDS, st.sampled_from(["- 3 -", "— 12 —", "第 4 页 共 9 页", "7"]))
def test_page_numbers_between_paragraphs_are_left_out_and_reported(seed, page):
    nodes = trees.build(seed)
    parts = trees.paragraphs(nodes)
    text, _ = trees.render([*parts[:2], [(page, None)], *parts[2:]])
    sample = parse_sample(FRONT + text)
    assert tree_of(sample) == trees.parents(nodes)
    assert codes(sample) == {"page_artefact"}


@few
@given(SEEDS)
def test_a_text_written_twice_is_parsed_once(seed):
    nodes = trees.build(seed)
    text = FRONT + trees.render(trees.paragraphs(nodes))[0]
    sample = parse_sample(text + "\n" + text)
    assert tree_of(sample) == trees.parents(nodes)
    assert codes(sample) == {"duplicate_body"}
    assert sample.part("duplicate_body").strip() == text.strip()


@few
@given(SEEDS, st.text(alphabet="一二三十、（）()12.\n 　是第章，。：；“”附件XX*", max_size=80))
def test_any_text_is_parsed_and_its_sections_nest(seed, noise):
    nodes = trees.build(seed)
    text = noise + trees.render(trees.paragraphs(nodes))[0] + noise
    sample = parse_sample(text)
    assert sample.text == text

    def inside(sections, start, end):
        for section in sections:
            assert start <= section.start <= section.end <= end
            inside(section.children, section.start, section.end)
            start = section.end

    inside(sample.sections, 0, len(text))

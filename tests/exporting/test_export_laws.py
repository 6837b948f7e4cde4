"""Laws of the export over random drafts: it never fails, it is sound, it reads back equal."""

import io

import docx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from drafter.chinese.normalise import clean
from drafter.domain import Draft, DraftSection
from drafter.exporting import export_docx, export_revision, read_back, read_paper
from drafter.exporting.punctuation import typeset

COMMITTED = 60
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
AS_TYPED = {  # rules about what is written, not about how it is set: odd text may break them
    "title_lines_are_short_and_shaped",
    "punctuation_is_full_width",
    "signature_and_date_stand_as_7_3_5_2_says",
    "annex_note_stands_as_7_3_4_says",
    "markers_are_written_as_the_standard_has_them",
    "properties_say_what_the_file_is",
}

odd = st.text(
    st.characters()
    | st.sampled_from(
        "\x00\x0b\ud800\u202e\u200b\ufffe\r\n\t\u3000<>&\"'【】待补（）()，,。1一、是"
    ),
    max_size=60,
)
PIECES = (
    "一是 （一） 1. （1） 强化部署 压实责任 排查隐患136处 3,406人 。 ， ； “ ” 《方案》 "
    "【待补：数字】 96.3% —— …… 2025年 云溪镇 : , (二) 乡村振兴"
)
words = st.lists(st.sampled_from(["\n", *PIECES.split(" ")]), max_size=40).map("".join)
long = st.builds(lambda text, n: (text or "长") * n, words, st.integers(1, 400)).map(
    lambda t: t[:50_000]
)
text = odd | words | long


def drafts(piece):
    section = st.builds(
        DraftSection,
        heading=piece,
        level=st.integers(0, 6),
        text=piece,
        marker=st.sampled_from(["", "一、", "（二）", "3.", "（4）"]),
    )
    return st.builds(
        Draft,
        title=piece,
        sections=st.lists(section, min_size=1, max_size=5).map(tuple),
        preamble=piece,
        unit=piece.map(lambda t: t[:80]),
        addressee=piece.map(lambda t: t[:80]),
        issue_date=st.sampled_from(["", "2026年1月5日", "2026年2月31日", "二〇二六年"]),
        annexes=st.lists(piece.map(lambda t: t[:80]), max_size=3).map(tuple),
    )


@settings(max_examples=COMMITTED, deadline=None, suppress_health_check=QUIET)
@given(drafts(text))
def test_any_draft_is_exported_sound_and_reads_back_equal(checker, draft):
    data = export_docx(draft)
    assert checker.check(data, skip=AS_TYPED) == []
    assert read_back(data, draft).draft is draft


@settings(max_examples=COMMITTED // 2, deadline=None, suppress_health_check=QUIET)
@given(drafts(words))
def test_python_docx_reads_every_word_of_a_draft(draft):
    shown = "".join(p.text for p in docx.Document(io.BytesIO(export_docx(draft))).paragraphs)
    for section in draft.sections:
        for line in section.text.split("\n"):
            for char in set(clean(line)) - set(',:;()\n"'):
                assert char in shown or char.isspace()


@settings(max_examples=COMMITTED // 2, deadline=None, suppress_health_check=QUIET)
@given(drafts(words))
@example(Draft("总结", (DraftSection("一", 1, "正文。"),), unit="::\n一是"))
def test_a_paper_read_without_its_draft_has_no_changes_against_itself(draft):
    data = export_docx(draft)
    read = read_paper(data)
    assert read_back(data, read).draft is read


@settings(max_examples=COMMITTED // 2, deadline=None, suppress_health_check=QUIET)
@given(drafts(words), drafts(words))
def test_a_revision_accepted_is_the_new_text(checker, old, new):
    data = export_revision(old, new)
    assert checker.check(data, skip={*AS_TYPED, *LAYOUT}) == []
    assert read_back(data, new).changes == ()


LAYOUT = {  # two versions in one file have two titles, signatures and what belongs to them
    "one_title_first_and_centred",
    "a_blank_line_stands_under_the_title",
    "addressee_is_flush_with_a_colon",
    "blank_lines_only_where_the_standard_has_them",
    "signature_keeps_with_what_is_above_and_below",
    "tables_fit_the_block_and_repeat_their_heads",
    "the_ai_label_is_there_for_eye_and_machine",
}


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(drafts(text))
def test_the_same_draft_gives_the_same_bytes(draft):
    assert export_docx(draft, review=True, annex=True) == export_docx(
        draft, review=True, annex=True
    )


@given(st.text("中国：（），,:;()\"'a1 。?!", max_size=12))
def test_a_line_typeset_again_stays_as_it_is(line):
    once = typeset(line)
    assert typeset(once) == once
    assert len(once) == len(line)

import multiprocessing
import os
import pickle
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Exemplar, Sample
from drafter.errors import StoreError
from drafter.resources import samples_dir
from drafter.samples import library as library_module
from drafter.samples.index import cached, ranking
from drafter.samples.index.ranking import Ranking
from drafter.samples.index.shelf import packed, unpacked, words_of
from drafter.samples.library import Library
from drafter.samples.parse import parse_sample

CLEAR = (
    "清水镇工作总结\n一、存在问题\n基础设施仍有短板，干部能力有待提高。\n"
    "二、下一步工作打算\n继续抓好项目。\n"
)
WHITE = "白石镇工作总结\n一、人居环境整治\n清理垃圾，疏通沟渠。\n二、招商引资\n签约项目两个。\n"
GREEN = "青山镇工作总结\n一、森林防灭火\n护林员每日巡护林区并登记野外用火情况。\n"
PATROL = "护林员每日巡护林区并登记野外用火"


@pytest.fixture(params=["memory", "cache"])
def library(request, tmp_path):
    return Library([CLEAR, WHITE], None if request.param == "memory" else tmp_path / "cache")


def heading(library, query, **options):
    found = library.retrieve(query, 1, **options)
    return found[0].section.heading if found else ""


def test_a_paraphrase_finds_the_section_it_means(library):
    assert heading(library, "短板弱项") == "存在问题"
    assert heading(library, "今后安排") == "下一步工作打算"
    assert heading(library, "村容村貌\n清运生活垃圾20吨") == "人居环境整治"


def test_what_is_asked_for_narrows_the_choice(library):
    assert {one.section.level for one in library.retrieve("工作", 9, level=1)} == {1}
    assert library.retrieve("工作", 9, level=3) == []
    assert heading(library, "抓好项目", function="plan") == "下一步工作打算"
    assert heading(library, "项目", function="problems") in ("", "存在问题")


def test_no_more_than_k_are_given_and_the_best_comes_first(library):
    scores = [one.score for one in library.retrieve("项目建设和环境整治", 3)]
    assert len(scores) <= 3
    assert scores == sorted(scores, reverse=True)
    assert library.retrieve("项目", 0) == []
    assert library.retrieve("", 5) == library.retrieve("12%，", 5) == []


def test_a_sample_added_later_is_found_and_compared(library):
    assert heading(library, "森林防火") == ""
    assert library.overlaps(PATROL) == []
    library.add(GREEN)
    assert library.retrieve("森林防火")[0].sample == "样本3"
    assert library.overlaps(PATROL)[0].sample.name == "样本3"
    assert library.names == ("样本1", "样本2", "样本3")
    assert len(library) == len(library.samples) == 3


def test_an_exemplar_is_read_when_looked_at(library):
    [found] = library.retrieve("招商引资", 1)
    assert isinstance(found, Exemplar)
    assert found.section.heading == "招商引资"
    assert found.skeleton.level == 1
    assert pickle.loads(pickle.dumps(found)).section == found.section
    assert replace(found, score=1.0).skeleton == found.skeleton
    with pytest.raises(AttributeError):
        found.nothing  # noqa: B018


def test_a_skeleton_is_made_once_for_all_who_ask(library):
    first, again = (library.retrieve(q, 1)[0] for q in ("招商引资", "招商引资\n签约项目两个"))
    assert first.skeleton is again.skeleton
    assert first.section is again.section


def test_samples_are_found_by_name(library):
    assert library.sample("样本2").title == "白石镇工作总结"
    with pytest.raises(KeyError):
        library.sample("样本9")


def test_a_sample_that_was_let_go_of_is_neither_found_nor_compared(library):
    library.add(GREEN)
    first = next(iter(library.digests))
    library.retain(library.digests - {first})
    assert len(library) == 2
    assert len(library.digests) == 2
    gone = ({"样本1", "样本2", "样本3"} - set(library.names)).pop()
    assert gone not in {one.sample for q in ("问题", "垃圾", "防火") for one in library.retrieve(q)}
    assert gone not in {
        one.sample for text in (CLEAR, WHITE, GREEN) for one in library.overlaps(text)
    }


def test_overlaps_may_be_longer_or_shorter_than_the_usual(library):
    text = "清理垃圾，疏通沟渠。"
    assert [one.text for one in library.overlaps(text, 5)] == [text]
    assert library.overlaps(text) == []
    assert library.overlaps(WHITE, len(WHITE) + 1) == []


def test_the_same_heading_twice_in_a_sample_is_found_once():
    library = Library([f"{WHITE}\n{WHITE}"])
    assert [e.section.heading for e in library.retrieve("招商引资")].count("招商引资") == 1


def test_an_empty_library_finds_nothing():
    assert Library().retrieve("存在问题") == []
    assert Library().overlaps(PATROL) == []


# --------------------------------------------------------------------------- the cache


def test_a_cache_opens_with_all_that_was_put_there(tmp_path):
    built = Library([CLEAR, WHITE, GREEN], tmp_path)
    opened = Library.load(tmp_path)
    assert opened.names == built.names
    assert opened.samples == built.samples
    assert opened.digests == built.digests
    assert opened.overlaps(GREEN) == built.overlaps(GREEN)
    assert [e.section for e in opened.retrieve("防火")] == [
        e.section for e in built.retrieve("防火")
    ]


def test_a_cache_keeps_what_is_given_and_lets_go_of_the_rest(tmp_path):
    samples = [parse_sample(text, text[:3]) for text in (CLEAR, WHITE, GREEN)]
    Library(samples[:2], tmp_path)
    library = Library(samples[1:], tmp_path)
    assert sorted(library.names) == ["白石镇", "青山镇"]
    assert heading(library, "存在问题") == ""
    again = Library(samples, tmp_path)
    assert sorted(again.names) == ["清水镇", "白石镇", "青山镇"]
    assert heading(again, "短板不足") == "存在问题"


def test_a_sample_is_written_once_however_often_it_is_added(tmp_path):
    sample = parse_sample(GREEN, "青山镇")
    for _ in range(3):
        library = Library([sample], tmp_path)
        library.add(sample)
    assert library.names == ("青山镇",)
    size = (tmp_path / "texts.bin").stat().st_size
    Library([sample], tmp_path)
    assert (tmp_path / "texts.bin").stat().st_size == size


def test_the_owner_may_know_a_sample_by_a_digest_of_its_own(tmp_path):
    library = Library(cache=tmp_path)
    library.add(parse_sample(GREEN, "青山镇"), b"0123456789abcdef")
    library.save()
    assert Library.load(tmp_path).digests == {b"0123456789abcdef"}


def test_any_text_comes_back_from_a_cache_as_it_was(tmp_path):
    text = "𠀀\ud800\x00 一、工作\n\u3000全角　空格\r"
    Library([Sample("甲", "", (), text=text)], tmp_path)
    assert list(Library.load(tmp_path).texts()) == [text]


ANY = st.text(st.characters(exclude_categories=()))


@settings(max_examples=100, deadline=None)
@given(ANY, st.lists(ANY, min_size=1, max_size=20))
def test_what_is_packed_is_unpacked_to_the_same_text(text, others):
    words = words_of(others)
    assert unpacked(packed(text, words), words) == text


def test_texts_of_one_genre_take_less_room_than_each_by_itself(tmp_path):
    paths = [path for path in samples_dir().iterdir() if path.suffix == ".txt"]
    samples = [parse_sample(path.read_text(encoding="utf-8"), path.stem) for path in paths]
    Library(samples, tmp_path)
    alone = sum(len(zlib.compress(sample.text.encode("utf-16-le"))) for sample in samples)
    assert (tmp_path / "texts.bin").stat().st_size < 0.7 * alone


def test_a_writer_that_was_killed_is_made_good(tmp_path):
    Library([CLEAR, WHITE], tmp_path)
    state = (tmp_path / "state.json").read_text()
    (tmp_path / "state.json").write_text(state.replace('"writing": false', '"writing": true'))
    (tmp_path / "rows.bin.new").write_bytes(b"half a ro")
    with (tmp_path / "texts.bin").open("ab") as file:
        file.write(b"half a text")
    library = Library.load(tmp_path)
    library.add(GREEN)
    assert [heading(library, q) for q in ("短板不足", "招商", "防火")] == [
        "存在问题",
        "招商引资",
        "森林防灭火",
    ]
    assert len(library.retrieve("招商引资", 9)) == len(
        Library([CLEAR, WHITE, GREEN]).retrieve("招商引资", 9)
    )


def test_an_index_of_another_format_is_made_anew(tmp_path):
    Library([CLEAR, WHITE], tmp_path)
    state = (tmp_path / "state.json").read_text()
    (tmp_path / "state.json").write_text(state.replace('"stamp": "', '"stamp": "old'))
    assert heading(Library.load(tmp_path), "招商") == "招商引资"


def test_readers_see_a_cache_while_it_grows(tmp_path):
    Library([CLEAR], tmp_path)
    reader = Library.load(tmp_path)
    writer = Library.load(tmp_path)
    writer.add(GREEN)
    writer.save()
    assert reader.names == ("样本1",)
    assert heading(reader, "短板不足") == "存在问题"
    assert heading(Library.load(tmp_path), "防火") == "森林防灭火"


def test_a_second_writer_is_told_to_wait(tmp_path):
    library = Library([CLEAR], tmp_path)
    other = Ranking(next(tmp_path.glob("sections-*"))).write(1)
    library.add(GREEN)
    with pytest.raises(StoreError, match="请稍后再试"):
        library.save()
    other.close()
    library.save()
    assert Library.load(tmp_path).names == ("样本1", "样本2")


def test_runs_of_samples_added_bit_by_bit_are_all_found(tmp_path):
    library = Library(cache=tmp_path)
    parts = [f"第{n}组护林员每日巡护第{n}片林区并登记野外用火情况。" for n in range(100, 112)]
    for part in parts:
        library.add(part)
        assert library.overlaps(part)[0].text == part
    opened = Library.load(tmp_path)
    assert [
        one.text for part in parts for one in opened.overlaps(part) if one.text == part
    ] == parts


# ------------------------------------------------------------------- several processes


def asked_elsewhere(folder, query):
    library = Library.load(folder)
    [found] = library.retrieve(query, 1)
    return found.section.heading, found.skeleton.level, library.overlaps(PATROL)[0].text


def test_several_processes_read_one_library(tmp_path):
    Library([CLEAR, WHITE, GREEN], tmp_path)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        answers = pool.map(asked_elsewhere, [tmp_path] * 4, ["防火", "短板不足"] * 2)
    assert list(answers) == [("森林防灭火", 1, PATROL), ("存在问题", 1, PATROL)] * 2


def test_who_opens_a_cache_while_another_writes_sees_what_was_there_before(tmp_path, monkeypatch):
    Library([CLEAR], tmp_path)
    monkeypatch.setattr(library_module, "BATCH", 1)
    writer = Library.load(tmp_path)
    writer.add(GREEN)
    reader = Library.load(tmp_path)
    assert reader.names == ("样本1",)
    assert heading(reader, "短板不足") == "存在问题"
    assert heading(reader, "防火") == ""
    assert reader.overlaps(PATROL) == []
    with pytest.raises(StoreError, match="请稍后再试"):
        reader.add(WHITE)
    writer.save()
    assert heading(Library.load(tmp_path), "防火") == "森林防灭火"


def test_who_opens_a_cache_that_is_built_for_the_first_time_is_told_to_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(library_module, "BATCH", 1)
    writer = Library(cache=tmp_path)
    writer.add(GREEN)
    with pytest.raises(StoreError, match="请稍后再试"):
        Library.load(tmp_path)
    writer.save()
    assert Library.load(tmp_path).names == ("样本1",)


def build_and_die(folder):
    library_module.BATCH = 1
    library = Library.load(folder)
    for text in (WHITE, GREEN):
        library.add(parse_sample(text, text[:3]))
    os._exit(9)


def test_a_process_that_dies_while_it_builds_leaves_a_library_that_opens(tmp_path):
    Library([CLEAR], tmp_path)
    builder = multiprocessing.get_context("spawn").Process(target=build_and_die, args=(tmp_path,))
    builder.start()
    builder.join()
    assert builder.exitcode == 9
    library = Library.load(tmp_path)
    assert heading(library, "短板不足") == "存在问题"
    for text in (WHITE, GREEN):
        library.add(parse_sample(text, text[:3]))
    assert library.names == ("样本1", "白石镇", "青山镇")
    assert [len(library.retrieve(q, 9)) for q in ("招商引资", "防火")] == [1, 1]
    assert library.overlaps(PATROL)[0].text == PATROL


def test_a_library_goes_on_answering_while_a_newer_version_makes_it_anew(tmp_path, monkeypatch):
    Library([CLEAR, GREEN], tmp_path)
    reader = Library.load(tmp_path)
    monkeypatch.setattr(cached, "stamp", lambda: "newer")
    assert heading(Library.load(tmp_path), "防火") == "森林防灭火"
    assert {path.name for path in tmp_path.glob("sections-*")} == {"sections-newer"}
    assert heading(reader, "短板不足") == "存在问题"
    assert reader.retrieve("防火", 1)[0].skeleton.level == 1
    assert reader.overlaps(PATROL)[0].text == PATROL


def test_a_library_in_a_read_only_folder_is_read_and_not_changed(tmp_path, monkeypatch):
    Library([CLEAR, GREEN], tmp_path)
    before = sorted(tmp_path.rglob("*"))
    index = ranking.tantivy.Index

    def locked(schema, path=None):
        if path and path.startswith(str(tmp_path)):
            raise ValueError("Failed to acquire Lockfile")
        return index(schema, path=path)

    monkeypatch.setattr(ranking.tantivy, "Index", locked)
    monkeypatch.setattr(ranking.os, "access", lambda *_: False)
    library = Library.load(tmp_path)
    assert heading(library, "防火") == "森林防灭火"
    library.add(WHITE)
    with pytest.raises(StoreError, match="只读"):
        library.save()
    assert sorted(tmp_path.rglob("*")) == before

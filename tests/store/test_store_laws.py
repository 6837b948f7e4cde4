"""Nothing that was saved is ever lost, overwritten unseen, or shown to somebody else."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.errors import Conflict, NotAllowed, NotFound
from drafter.store import Details, Store

anything = st.text(st.characters(), max_size=20)
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def save(project, text, base, key="s1", origin="hand"):
    return project.save("section", key, text, base=base, origin=origin)


@quick
@given(texts=st.lists(anything, min_size=1, max_size=5), data=anything)
def test_every_saved_text_reads_back_equal_from_its_version(store, texts, data):
    project = store.create_project("甲", "t")
    kept = []
    for text in texts:
        base = kept[-1].number if kept else 0
        kept.append(
            project.save("section", "s", text, base=base, origin="hand", details=Details(data))
        )
    for entry in kept:
        assert project.version("section", "s", entry.number).text == entry.text
    assert project.entry("section", "s").text == texts[-1]


@quick
@given(texts=st.lists(anything, min_size=2, max_size=6, unique=True))
def test_undo_walks_back_through_all_states_and_redo_is_a_restore(store, texts):
    project = store.create_project("甲", "t")
    for number, text in enumerate(texts):
        save(project, text, number)
    for expected in reversed(texts[:-1]):
        assert project.undo("section", "s1").text == expected
    assert project.undo("section", "s1") is None
    head = project.entry("section", "s1")
    again = project.restore("section", "s1", len(texts), base=head.number)
    assert again.text == texts[-1]
    assert len(project.history("section", "s1")) == 2 * len(texts)


def test_a_save_over_an_older_version_conflicts_and_holds_both_texts(project):
    save(project, "一稿", 0)
    save(project, "甲改", 1)
    with pytest.raises(Conflict) as conflict:
        save(project, "乙改", 1)
    assert (conflict.value.theirs, conflict.value.ours) == ("甲改", "乙改")
    assert project.entry("section", "s1").text == "甲改"


def test_a_save_without_a_change_makes_no_version_and_no_conflict(project):
    save(project, "一稿", 0)
    assert save(project, "一稿", 0).number == 1
    assert len(project.history("section", "s1")) == 1


def test_of_many_writers_at_once_exactly_one_wins_each_version(tmp_path, clock):
    store = Store.open(tmp_path / "p.db", tmp_path, clock)
    project = store.create_project("甲", "t")
    save(project, "0", 0)
    outcomes, conflicts = [], []

    def writer(name):
        try:
            outcomes.append(save(project, name, 1).text)
        except Conflict:
            conflicts.append(name)

    threads = [threading.Thread(target=writer, args=(str(n),)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(conflicts) == 7
    assert outcomes == [project.entry("section", "s1").text]
    assert [v.number for v in project.history("section", "s1")] == [2, 1]
    store.close()


def test_the_steps_of_an_entry_are_its_history_without_the_texts(project):
    for number in range(3):
        project.save(
            "section",
            "s1",
            str(number),
            base=number,
            origin="hand",
            details=Details(note=f"n{number}"),
        )
    told = [(v.number, v.parent, v.origin, v.note, v.at) for v in project.history("section", "s1")]
    light = project.steps("section", "s1")
    assert [(v.number, v.parent, v.origin, v.note, v.at) for v in light] == told
    assert {v.text for v in light} == {""}


def test_versions_are_ordered_by_number_even_when_the_clock_goes_back(project, clock):
    for number in range(3):
        save(project, str(number), number)
        clock.now -= 86_400
    history = project.history("section", "s1")
    assert [v.text for v in history] == ["2", "1", "0"]
    assert history[0].at < history[-1].at


def test_a_project_opens_for_its_owner_only(store, project):
    assert store.project("甲", project.id).id == project.id
    with pytest.raises(NotAllowed):
        store.project("乙", project.id)
    with pytest.raises(NotAllowed):
        store.delete_project("乙", project.id)
    with pytest.raises(NotAllowed):
        store.restore_project("乙", project.id)
    assert store.projects("乙") == []


def test_a_deleted_project_can_be_brought_back_with_its_texts(store, project):
    save(project, "一稿", 0)
    store.delete_project("甲", project.id)
    with pytest.raises(NotFound):
        store.project("甲", project.id)
    assert store.restore_project("甲", project.id).entry("section", "s1").text == "一稿"


def test_deleted_projects_are_listed_for_their_owner_until_they_are_brought_back(store, project):
    store.delete_project("甲", project.id)
    assert [info.id for info in store.projects("甲", deleted=True)] == [project.id]
    assert store.projects("甲") == []
    assert store.projects("乙", deleted=True) == []
    store.restore_project("甲", project.id)
    assert store.projects("甲", deleted=True) == []


def test_the_revisions_of_a_project_name_kind_place_and_author_newest_first(store, project, clock):
    save(project, "一稿", 0)
    clock.now += 60
    project.save("facts", "", "素材", base=0, origin="import")
    other = store.create_project("乙", "别人的")
    save(other, "别人的话", 0)
    told = [(kind, key, v.number, v.author, v.origin) for kind, key, v in project.revisions()]
    assert told == [("facts", "", 1, "甲", "import"), ("section", "s1", 1, "甲", "hand")]
    assert len(project.revisions(limit=1)) == 1


def test_a_candidate_replaces_nothing_until_it_is_accepted(project):
    save(project, "手改", 0)
    project.propose("s1", "新稿", base=1, origin="model", note="更简练")
    assert project.entry("section", "s1").text == "手改"
    entry = project.settle("s1", accept=True)
    assert (entry.text, entry.version.origin, entry.number) == ("新稿", "model", 2)
    assert project.candidate("s1") is None


def test_a_rejected_candidate_leaves_the_text_alone(project):
    save(project, "手改", 0)
    project.propose("s1", "新稿", base=1, origin="model")
    assert project.settle("s1", accept=False).text == "手改"
    with pytest.raises(NotFound):
        project.settle("s1", accept=True)


def test_a_finding_put_aside_keeps_its_reason_and_can_be_taken_back(project):
    project.ignore("k1", "县里口径")
    project.ignore("k1", "县里已改口径")
    assert project.ignored() == {"k1": "县里已改口径"}
    project.heed("k1")
    assert project.ignored() == {}


def test_jobs_that_ran_when_the_program_ended_are_interrupted_with_their_text(tmp_path, clock):
    store = Store.open(tmp_path / "p.db", tmp_path, clock)
    project = store.create_project("甲", "t")
    job = project.start_job("draft", "s1")
    project.beat(job, state="running", partial="写了一半")
    done = project.start_job("draft", "s2")
    project.beat(done, state="done")
    store.close()
    again = Store.open(tmp_path / "p.db", tmp_path, clock).project("甲", project.id)
    assert [(j.state, j.partial) for j in again.jobs()] == [
        ("interrupted", "写了一半"),
        ("done", ""),
    ]


def test_a_job_without_a_heartbeat_is_taken_for_interrupted(project, clock):
    job = project.start_job("draft", "s1")
    project.beat(job, state="running")
    assert project.jobs()[0].active
    clock.now += 3600
    assert project.jobs()[0].state == "interrupted"


def test_files_are_kept_once_by_content_and_read_by_their_own_project_only(store, project):
    first = project.keep_file("../../报表.xlsx", b"abc")
    assert project.keep_file("../../报表.xlsx", b"abc").id == first.id
    stored, data = project.read_file(first.id)
    assert (stored.name, data) == ("../../报表.xlsx", b"abc")
    other = store.create_project("乙", "t")
    with pytest.raises(NotFound):
        other.read_file(first.id)


def test_a_sign_in_is_kept_as_a_hash_and_runs_out(store, clock):
    token = store.sign_in("甲")
    assert store.signed_in(token) == "甲"
    assert store.signed_in("x" + token) is None
    clock.now += 13 * 3600
    assert store.signed_in(token) is None
    token = store.sign_in("甲")
    store.sign_out(token)
    assert store.signed_in(token) is None


def test_the_audit_log_says_who_did_what(store, project):
    project.log("导出", "定稿.docx")
    assert [(line.user, line.action) for line in store.audit("甲")][:2] == [
        ("甲", "导出"),
        ("甲", "新建项目"),
    ]
    assert project.audit()[0].detail == "定稿.docx"
    assert store.audit("乙") == []
    assert [line.project for line in store.audit("甲")][:2] == [project.id, project.id]
    assert store.titles() == {project.id: "云渡镇总结"}


def test_the_last_project_and_settings_are_remembered(store, project):
    second = store.create_project("甲", "第二个")
    assert store.last_project("甲") == second.id
    store.remember("甲", project.id)
    assert store.last_project("甲") == project.id
    project.set(unit="云渡镇")
    project.set(period="2026年")
    project.rename("改名")
    again = store.project("甲", project.id)
    assert again.settings() == {"unit": "云渡镇", "period": "2026年"}
    assert again.info.title == "改名"

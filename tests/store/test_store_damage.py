"""A store that is damaged, locked, old or new gives one clear line, and keeps what it had."""

import sqlite3

import pytest

from drafter.errors import StoreError
from drafter.store import Store, database


def test_a_damaged_store_is_refused_and_copied_as_it_is(tmp_path):
    place = tmp_path / "projects.db"
    place.write_bytes(b"this is no database at all" * 400)
    with pytest.raises(StoreError, match=r"损坏.*broken1"):
        Store.open(place)
    assert (tmp_path / "projects.db.broken1").read_bytes() == place.read_bytes()


def test_a_store_damaged_in_the_middle_is_noticed(tmp_path):
    place = tmp_path / "projects.db"
    store = Store.open(place)
    project = store.create_project("甲", "t")
    for n in range(40):
        project.save("section", str(n), "文" * 5000 + str(n), base=0, origin="hand")
    store.close()
    data = bytearray(place.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    place.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="损坏"):
        Store.open(place)


def test_a_locked_store_says_so_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    place = tmp_path / "projects.db"
    store = Store.open(place)
    project = store.create_project("甲", "t")
    project.save("section", "s1", "一稿", base=0, origin="hand")
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="占用"):
        project.save("section", "s1", "二稿", base=1, origin="hand")
    other.execute("ROLLBACK")
    other.close()
    assert project.entry("section", "s1").text == "一稿"
    store.close()


def test_an_older_schema_is_copied_and_brought_up_to_date_with_its_texts(tmp_path):
    place = tmp_path / "projects.db"
    store = Store.open(place)
    number = store.create_project("甲", "老项目").id
    store.close()
    with sqlite3.connect(place) as old:
        old.execute("DROP TABLE meta")
        old.execute("ALTER TABLE jobs DROP COLUMN data")
    old.close()
    store = Store.open(place)
    project = store.project("甲", number)
    assert project.info.title == "老项目"
    project.start_job("draft", "s1", data="x")
    assert (tmp_path / "projects.db.v0.bak").is_file()
    store.close()
    Store.open(place).close()


def test_a_store_of_a_newer_program_is_left_alone(tmp_path):
    place = tmp_path / "projects.db"
    Store.open(place).close()
    with sqlite3.connect(place) as new:
        new.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    new.close()
    with pytest.raises(StoreError, match="升级"):
        Store.open(place)


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="不能写"):
        Store.open(tmp_path / "file" / "projects.db")


def test_an_address_that_is_no_database_is_one_clear_line():
    with pytest.raises(StoreError, match="database_url"):
        Store.open("nosuch://nowhere/none")

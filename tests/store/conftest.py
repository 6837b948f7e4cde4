import os

import pytest
from sqlalchemy import create_engine

from drafter.store import Store, schema


class Clock:
    """Seconds that only a test moves."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def _places():
    return ["sqlite"] + (["postgres"] if os.environ.get("DRAFTER_TEST_POSTGRES") else [])


@pytest.fixture(params=_places())
def store(request, tmp_path, clock):
    url = os.environ.get("DRAFTER_TEST_POSTGRES")
    if request.param == "postgres":
        schema.metadata.drop_all(create_engine(url))
    place = tmp_path / "projects.db" if request.param == "sqlite" else url
    opened = Store.open(place, tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def project(store):
    return store.create_project("甲", "云渡镇总结")

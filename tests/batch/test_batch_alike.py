"""Who is most like whom: the same answer as the whole matrix, at a cost that stays linear."""

import random
import time

import pytest

from drafter.batch import RunOptions, Unit, UnitResult, alike, run_batch
from drafter.batch.alike import nearest_units
from drafter.comparing import overlap_matrix

COMMON = "坚持把群众满意不满意作为检验工作成效的根本标准，"
WORDS = "党建引领基层治理走访群众办结诉求整改问题发展产业修复道路安装路灯清理沟渠组织培训开展演练"


def texts(count, seed=1):
    """Texts of a campaign: wording of all, wording of a few, wording of their own."""
    chance = random.Random(seed)
    families = ["".join(chance.choices(WORDS, k=60)) for _ in range(count // 4)]
    made = {}
    for number in range(count):
        own = "".join(chance.choices(WORDS, k=150))
        made[f"第{number}镇"] = f"{COMMON}{own}。{families[number % len(families)]}。{COMMON}"
    return made


def test_the_sketch_finds_the_same_nearest_share_as_the_whole_matrix(monkeypatch):
    many = texts(120)
    quick = nearest_units(many)
    monkeypatch.setattr(alike, "FULL", 1000)
    whole = nearest_units(many)
    assert quick.keys() == whole.keys() == many.keys()
    for name in many:
        assert quick[name].share == pytest.approx(whole[name].share, abs=0.02)


def test_shares_are_those_of_the_matrix():
    few = texts(8)
    best = overlap_matrix(few).pairs[0]
    found = nearest_units(few)[best.a]
    assert (found.unit, found.share) == (best.b, best.share)
    assert found.longest in few[best.a]
    assert found.longest in few[best.b]


def test_twice_the_units_cost_about_twice_the_time():
    def once(made):
        started = time.process_time()
        nearest_units(made)
        return time.process_time() - started

    def seconds(count):
        made = texts(count)
        return min(once(made) for _ in range(3))

    assert seconds(600) < seconds(150) * 4 * 1.8


def test_wording_handed_down_does_not_make_units_alike(tmp_path):
    task = "深入开展形式主义突出问题专项整治切实为基层减负"

    def draft(unit):
        text = f"{task}\n{unit.material}"
        return UnitResult(b"x", text)

    units = [Unit(f"第{n}镇", f"各自的工作{n}" * 3, tasks=(task,)) for n in range(3)]
    assert run_batch(units, tmp_path, draft_unit=draft).units[0].overlap_share == 0
    bare = [Unit(f"第{n}镇", f"各自的工作{n}" * 3) for n in range(3)]
    assert run_batch(bare, tmp_path, draft_unit=draft).units[0].overlap_share > 0.5
    options = RunOptions(allow=(task,))
    allowed = run_batch(bare, tmp_path, draft_unit=draft, options=options)
    assert allowed.units[0].overlap_share == 0

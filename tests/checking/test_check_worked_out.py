"""Laws of what follows by a way that no rule names: right is quiet, a digit off is flagged."""

import random

from drafter.checking import Checker

_TRIALS = 120


def shares(rng):
    """Give a part by its share in another fact: 优质稻占水稻65%."""
    rice, maize = rng.randrange(4000, 30000, 20), rng.randrange(3000, 20000, 10)
    share = rng.randrange(51, 98)
    part = rice * share // 100
    facts = [f"水稻 {rice}亩、玉米 {maize}亩", f"优质稻占水稻 {share}%", "农技员 8名"]
    exact = rice * share % 100 == 0 and len(str(part).rstrip("0")) > 2
    return facts, "优质稻面积达{}亩。", part if exact else None


def prices(rng):
    """Give a price a kilogram from tonnes and 万元."""
    tonnes, price = rng.randrange(50, 900), rng.randrange(11, 200)
    amount = tonnes * price
    facts = [f"干茶 {tonnes}吨，产值 {amount / 10:g}万元", "茶企 9家"]
    return facts, f"全年产干茶{tonnes}吨，平均每公斤{{}}元。", price if amount % 10 == 0 else None


def plots(rng):
    """Give a total from so much a household."""
    households, each = rng.randrange(101, 990), rng.randrange(2, 9)
    total = households * each / 10
    facts = [f"安置 {households}户，就业 {households + 300}人", f"菜地 每户0.{each}亩"]
    text = f"安置{households}户，每户菜地0.{each}亩，共计{{:g}}亩。"
    return facts, text, total if total % 1 else None


def turned(value, rng):
    """Return a figure with one digit changed, not the first one made nought."""
    text = f"{value:g}"
    at = rng.choice([i for i, c in enumerate(text) if c.isdigit()])
    other = rng.choice([d for d in "123456789" if d != text[at]])
    changed = float(text[:at] + other + text[at + 1 :])
    return int(changed) if changed == int(changed) else changed


def cases(seed):
    rng = random.Random(seed)
    while True:
        facts, text, value = rng.choice((shares, prices, plots))(rng)
        if value is not None:
            yield facts, text.format(value), text.format(turned(value, rng))


def alarms(facts, text):
    return [f for f in Checker(facts, [], 2026).examine(text).findings if f.severity != "hint"]


def test_what_follows_from_two_figures_is_quiet_and_has_its_formula():
    for (facts, right, _), _ in zip(cases(3), range(_TRIALS), strict=False):
        assert alarms(facts, right) == [], (facts, right)
        report = Checker(facts, [], 2026).examine(right)
        assert any(e.relation == "derived" and e.formula for e in report.evidence), right


def test_a_digit_off_is_flagged_in_97_of_100():
    missed = [
        (facts, wrong)
        for (facts, _, wrong), _ in zip(cases(4), range(_TRIALS), strict=False)
        if not alarms(facts, wrong)
    ]
    assert len(missed) <= 0.03 * _TRIALS, missed

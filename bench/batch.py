"""Whether a batch stays linear in its units: `python -m bench.batch [100 200 400]`.

Every unit has twelve facts of its own under the same six tasks, as in a campaign. First the batch
itself (state, files, comparing, risk sheet; the text is the facts as they stand), then with the
composer, one unit after the other. Seconds are those of the processor, so that other programs on
the machine do not count: medians of five runs of the batch itself, one run with the composer.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from drafter.batch import BatchEvent, DraftUnit, RunOptions, Unit, UnitResult, run_batch
from drafter.campaign import Campaign
from drafter.resources import samples_dir
from drafter.settings import Settings

SIZES = (100, 200, 400)
RUNS = 5
TASKS = (
    "加强理论学习",
    "转变工作作风",
    "推进产业发展",
    "办好民生实事",
    "守牢安全底线",
    "整治人居环境",
)
LINES = (
    "开展理论学习中心组学习{}次，专题研讨{}次",
    "组织党员干部培训{}期{}人次",
    "走访群众{}户，收集意见{}条",
    "精简会议{}次，压减文件{}份",
    "新建特色种植基地{}亩，带动{}户增收",
    "引进项目{}个，到位资金{}万元",
    "发放低保金{}万元，惠及{}人",
    "改造农村危房{}户，安装路灯{}盏",
    "排查安全隐患{}处，已整改{}处",
    "开展应急演练{}场，参加{}人次",
    "清理农村垃圾{}吨，清淤沟渠{}公里",
    "拆除破旧棚圈{}处，评选清洁户{}户",
)


def material(seed: int) -> str:
    """Return twelve facts with figures of their own."""
    chance = random.Random(seed)
    return "\n".join(
        line.format(chance.randint(2, 99), chance.randint(100, 4000)) for line in LINES
    )


def units(count: int) -> list[Unit]:
    """Return small units of one campaign."""
    return [
        Unit(f"第{n}镇", material(n), period="2025年", row=n + 1, unit=f"第{n}镇", variant=n)
        for n in range(1, count + 1)
    ]


def as_given(unit: Unit) -> UnitResult:
    """Draft nothing: the facts under the tasks."""
    text = "\n".join((unit.name, *TASKS, unit.material))
    return UnitResult(text.encode(), text, unit.name)


def run(count: int, draft_unit: DraftUnit) -> tuple[float, float]:
    """Run a batch; return its seconds, and how many of them went into comparing the units."""
    moments: dict[str, float] = {}

    def note(event: BatchEvent) -> None:
        moments[event.kind] = time.process_time()

    options = RunOptions(allow=TASKS)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        report = run_batch(
            units(count), folder, draft_unit=draft_unit, on_event=note, options=options
        )
        seconds = time.process_time() - started
    assert report.count("done") == count
    return seconds, moments["finished"] - moments["comparing"]


def row(name: str, size: int, draft_unit: DraftUnit, runs: int) -> str:
    """Measure one size, and return its line of the table."""
    measured = [run(size, draft_unit) for _ in range(runs)]
    seconds = statistics.median(total for total, _ in measured)
    comparing = statistics.median(last for _, last in measured)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    each = f"{seconds / size * 1000:.1f} | {comparing / size * 1000:.1f}"
    return f"| {name} | {size} | {seconds:.1f} | {each} | {peak} |"


def main(sizes: Sequence[int] = SIZES) -> list[str]:
    """Measure, and return the lines of a table."""
    campaign = Campaign(samples_dir(), Settings(home=Path()), tasks=TASKS, year=2025)
    run(5, campaign)
    lines = [
        "| drafting | units | seconds | ms a unit | of it comparing and risk sheet | peak MB |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [row("none", size, as_given, RUNS) for size in sizes]
    lines += [row("composer", size, campaign, 1) for size in sizes]
    return lines


if __name__ == "__main__":
    print("\n".join(main([int(size) for size in sys.argv[1:]] or SIZES)))

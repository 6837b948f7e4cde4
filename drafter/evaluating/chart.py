"""The means of an evaluation as a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.evaluating.rows import LABELS, WAYS, Row

FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "DengXian",
    "SimSun",
    "FangSong",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "AR PL UMing CN",
)
"""Fonts with Chinese, as systems bring them."""


def chart(rows: Sequence[Row]) -> bytes:
    """Return a chart of the means as PNG, in Chinese where a font for it is there, else English."""
    import matplotlib as mpl  # noqa: PLC0415 - takes a second to load

    mpl.use("Agg")
    from matplotlib.figure import Figure  # noqa: PLC0415

    words = _chart_words()
    with mpl.rc_context({"font.sans-serif": [words.font], "axes.unicode_minus": False}):
        figure = Figure(figsize=(9, 3.6), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=[3, 2])
        for axes, names in ((left, words.shares), (right, words.counts)):
            for n, row in enumerate(rows):
                values = [getattr(row.measures, name) for name in names]
                places = [at + n * 0.25 for at in range(len(names))]
                axes.bar(places, values, width=0.22, label=words.ways[row.way])
            middle = 0.125 * max(0, len(rows) - 1)
            axes.set_xticks([at + middle for at in range(len(names))], list(names.values()))
            axes.spines[["top", "right"]].set_visible(False)
        left.set_ylim(0, 1.05)
        left.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        left.legend(frameon=False)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=120)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the chart: of shares, of counts, of ways, and the font that has them."""

    shares: dict[str, str]
    counts: dict[str, str]
    ways: dict[str, str]
    font: str


def _chart_words() -> _Words:
    from matplotlib import font_manager  # noqa: PLC0415 - loaded with the chart only

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    font = next((name for name in FONTS if name in known), "")
    if font:
        shares = {name: LABELS[name] for name in ("coverage", "told", "structure", "overlap")}
        counts = {name: LABELS[name] for name in ("unsupported", "leaks")}
        return _Words(shares, counts, WAYS, font)
    return _Words(
        {
            "coverage": "figures kept",
            "told": "facts told",
            "structure": "headings kept",
            "overlap": "copied",
        },
        {"unsupported": "unsupported spans", "leaks": "leaks"},
        {"composer": "no model", "points": "point by point", "plain": "one prompt"},
        "DejaVu Sans",
    )

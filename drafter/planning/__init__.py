"""Tasks, facts and library become an outline that a person can edit."""

from drafter.planning.asklist import ask_list
from drafter.planning.edit import add_section, drop_section, move_fact, move_section, rename_section
from drafter.planning.outline import make_outline
from drafter.planning.points import PointPlan, group_points, plan_points

__all__ = [
    "PointPlan",
    "add_section",
    "ask_list",
    "drop_section",
    "group_points",
    "make_outline",
    "move_fact",
    "move_section",
    "plan_points",
    "rename_section",
]

"""Random summaries with a known tree, and the ways in which offices deform them."""

import random
from dataclasses import dataclass, field

from drafter.chinese.markers import render_marker

VERBS = ["强化", "推进", "落实", "健全", "抓实", "完善", "夯实", "压紧", "优化", "深化"]
OBJECTS = [
    "组织领导",
    "责任体系",
    "隐患排查",
    "产业培育",
    "民生实事",
    "干部作风",
    "村容村貌",
    "矛盾化解",
]
SENTENCES = [
    "镇党委召开专题会议3次，统一了思想，明确了任务，压实了包村干部和村两委的责任。",
    "柳溪村清理河道两处，新建步道一条，沿线群众出行比往年方便了不少，反映普遍良好。",
    "全镇组织集中学习，干部轮流讲课，年轻同志的业务能力得到了实实在在的提升。",
    "对排查出来的隐患逐项登记造册，明确整改时限和责任人，逾期没有整改的予以通报。",
    "畅通群众反映问题的渠道，能当场答复的当场答复，需要研究的在七日以内给出回音。",
]


@dataclass
class Node:
    level: int
    number: int
    heading: str
    marker: str
    run_in: bool
    body: list[str]
    children: list["Node"] = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def phrase(rng):
    return rng.choice(VERBS) + rng.choice(OBJECTS)


def heading(rng):
    return phrase(rng) + (f"，{phrase(rng)}" if rng.random() < 0.4 else "")


def body(rng, least=1):
    return [
        "".join(rng.choices(SENTENCES, k=rng.randint(1, 3))) for _ in range(rng.randint(least, 2))
    ]


def build(seed, brackets="（）"):
    """Return the level-1 nodes of a random summary."""
    rng = random.Random(seed)
    return [_node(rng, 1, i + 1, brackets) for i in range(rng.randint(2, 4))]


def _node(rng, level, number, brackets):
    marker = render_marker(level, number)
    if level == 2:
        marker = marker.replace("（", brackets[0]).replace("）", brackets[1])
    run_in = level == 5 or (level > 1 and rng.random() < 0.5)
    node = Node(level, number, heading(rng), marker, run_in, body(rng))
    below = {1: [2, 2, 3, 5, 0], 2: [3, 5, 5, 0], 3: [5, 0, 0]}.get(level, [0])
    kind = rng.choice(below)
    if kind:
        node.children = [_node(rng, kind, i + 1, brackets) for i in range(rng.randint(2, 4))]
    if kind == 5:
        for child in node.children:
            child.body = ["".join(rng.choices(SENTENCES, k=2))]
    return node


def paragraphs(nodes):
    """Return the paragraphs of the nodes as lists of (text, node or None) pieces."""
    out = []
    for node in nodes:
        lead = (node.marker + node.heading, node)
        if node.level == 5:
            out.append([lead, ("。" + node.body[0], None)])
        elif node.run_in:
            out.append([lead, ("。" + node.body[0], None)])
            out += [[(text, None)] for text in node.body[1:]]
        else:
            out.append([lead])
            out += [[(text, None)] for text in node.body]
        below = paragraphs(node.children)
        if node.children and node.children[0].level == 5 and len(node.children) % 2:
            below = [[piece for pieces in below for piece in pieces]]
            if node.run_in and len(node.body) == 1:
                out[-1] += below.pop()
        out += below
    return out


def render(parts, between="\n"):
    """Return the text of the paragraphs and each node's offset, in reading order."""
    text, places = "", []
    for pieces in parts:
        if text:
            text += between
        for piece, node in pieces:
            if node is not None:
                places.append((len(text), node))
            text += piece
    return text, places


def parents(nodes):
    """Return (level, heading, parent's heading) of all nodes, in reading order."""
    found = []

    def visit(node, parent):
        found.append((node.level, node.heading, parent))
        for child in node.children:
            visit(child, node.heading)

    for node in nodes:
        visit(node, "")
    return found


def wrap(text, width):
    """Return the text with hard line breaks after ``width`` characters, paragraphs indented."""
    lines = []
    for paragraph in text.split("\n"):
        line = "　　" + paragraph
        lines += [line[i : i + width] for i in range(0, len(line), width)]
    return "\n".join(lines)

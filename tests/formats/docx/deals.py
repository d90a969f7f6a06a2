"""Made-up agreements and amendments to them, by seed, as they go to Word and come back."""

import random

from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.redline import build
from app.formats.docx import redline_writer
from app.formats.docx.redline_writer import Hand
from tests.formats.docx.samples import HAND

WORDS = [
    "each",
    "party",
    "shall",
    "notify",
    "the",
    "other",
    "without",
    "undue",
    "delay",
    "of",
    "any",
    "event",
    "that",
    "could",
    "prevent",
    "performance",
    "and",
    "bear",
    "reasonable",
    "cost",
    "for",
    "data",
    "service",
    "client",
    "partner",
    "request",
    "within",
    "working",
    "days",
    "written",
    "unless",
    "agreed",
    "liability",
    "purpose",
    "board",
    "majority",
    "vote",
    "duty",
    "form",
    "number",
    "annex",
]


def sentence(rng, least=5, most=18):
    words = rng.choices(WORDS, k=rng.randint(least, most))
    words[0] = words[0].capitalize()
    return " ".join(words) + f" no {rng.randint(2, 9999)}."


def deal(seed):
    """Articles with sub-clauses, lists, bullets, definitions, a table, references and a blank."""
    rng = random.Random(seed)
    articles = [_definitions(rng)]
    articles += [_article(rng, number) for number in range(1, rng.randint(3, 6))]
    annex = Clause(
        "annex-a", Kind.ANNEX, "Fees", "", (Clause("fee-1", Kind.CLAUSE, "", sentence(rng)),)
    )
    return ClauseTree(f"Deal {seed}", (*articles, annex))


def _definitions(rng):
    held = tuple(
        Clause(f"d-{n}", Kind.DEFINITION, f"Term {n}; Terms {n}", f"means {sentence(rng)}")
        for n in range(3)
    )
    return Clause("definitions", Kind.CLAUSE, "Definitions", "", held)


def _article(rng, number):
    held = [_clause(rng, f"a{number}-{n}") for n in range(rng.randint(1, 5))]
    if rng.random() < 0.4:
        held.append(Clause(f"a{number}-p", Kind.PARA, "", sentence(rng)))
    if rng.random() < 0.4:
        rows = tuple(
            Clause(f"a{number}-r{n}", Kind.ROW, "", f"Step {n} | {sentence(rng, 2, 4)}")
            for n in range(3)
        )
        held.append(Clause(f"a{number}-t", Kind.TABLE, f"Table {number}", "", rows))
    return Clause(f"article-{number}", Kind.CLAUSE, f"Matter {number} of the deal", "", tuple(held))


def _clause(rng, key):
    heading = rng.choice(("", "", f"On {rng.choice(WORDS)} {key}"))
    text = sentence(rng)
    if rng.random() < 0.3:
        text += " See [[d-1]] and [[fee-1]]."
    if rng.random() < 0.2:
        text += " The *fee* is {{fee_sum}} **net**."
    held = []
    if rng.random() < 0.4:
        text = text.removesuffix(".") + ":"
        for n in range(rng.randint(2, 4)):
            kind = rng.choice((Kind.CLAUSE, Kind.CLAUSE, Kind.BULLET))
            held.append(Clause(f"{key}-{n}", kind, "", sentence(rng)))
    return Clause(key, Kind.CLAUSE, heading, text, tuple(held))


def amended(tree, seed, prefix="new"):
    """The text after a handful of changes that people make."""
    rng = random.Random(seed)
    for number in range(rng.randint(1, 6)):
        step = rng.choice((_reword, _reword, _reword, _add, _drop, _shift, _rename, _row))
        tree = step(rng, tree, f"{prefix}-{seed}-{number}")
    return tree


def _pick(rng, tree, *kinds):
    held = [node for node in tree.walk() if node.kind in kinds]
    return rng.choice(held) if held else None


def _reword(rng, tree, _key):
    node = _pick(rng, tree, Kind.CLAUSE, Kind.PARA, Kind.BULLET, Kind.DEFINITION)
    if node is None or not node.text:
        return tree
    words = node.text.split(" ")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(words))
        words[at : at + rng.randint(0, 3)] = rng.choices(WORDS, k=rng.randint(1, 3))
    return tree.replace(node.key, text=" ".join(words))


def _rename(rng, tree, _key):
    node = _pick(rng, tree, Kind.CLAUSE)
    if node is None or not node.heading:
        return tree
    return tree.replace(node.key, heading=f"{node.heading} and {rng.choice(WORDS)}")


def _add(rng, tree, key):
    node = _pick(rng, tree, Kind.CLAUSE, Kind.BULLET, Kind.DEFINITION)
    if node is None or not node.text:
        return tree
    heading = f"Term {key}" if node.kind is Kind.DEFINITION else ""
    new = Clause(key, node.kind, heading, sentence(rng))
    return tree.insert(Place(tree.parents[node.key], node.key), new)


def _drop(rng, tree, _key):
    node = _pick(rng, tree, Kind.CLAUSE, Kind.PARA, Kind.BULLET)
    return tree if node is None else tree.remove(node.key)


def _shift(rng, tree, _key):
    node = _pick(rng, tree, Kind.CLAUSE)
    if node is None or not node.text or node.children:
        return tree
    siblings = [one.key for one in tree.children_of(tree.parents[node.key]) if one.key != node.key]
    if not siblings:
        return tree
    return tree.move(node.key, Place(tree.parents[node.key], rng.choice(siblings)))


def _row(rng, tree, key):
    node = _pick(rng, tree, Kind.ROW)
    if node is None:
        return tree
    if rng.random() < 0.5:
        return tree.replace(node.key, text=f"{node.text} and more")
    new = Clause(key, Kind.ROW, "", f"Step {key} | {sentence(rng, 2, 3)}")
    return tree.insert(Place(tree.parents[node.key], node.key), new)


def redlined(old, new, hand: Hand = HAND, **more):
    """The file with all that changed as tracked changes."""
    return redline_writer.write(build(old, new), otherwise=hand, **more)


def shape(tree):
    """Everything that a text says, whatever its clauses are called."""

    def told(node):
        return (
            node.kind, node.heading, node.text, tuple(told(child) for child in node.children),
        )  # fmt: skip

    return tuple(told(node) for node in tree.clauses)

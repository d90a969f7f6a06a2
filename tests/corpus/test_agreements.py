"""Every agreement imports with every word, and twelve of different kinds have the right outline."""

import re
from pathlib import Path

import pytest

from app.cli.sources import document
from app.domain import numbering
from app.domain.clauses import MAY_HOLD
from app.domain.prose import canonical, plain
from tests.corpus import pandoc

OUTLINES = Path(__file__).parent / "outlines"
LABEL = re.compile(
    r"(?:(?:Article|Artikel|Art|Section|Clause|Annexe?|Anhang|Schedule|Addendum|Appendix) )?"
    r"(?:[0-9]{1,3}[a-z]?|[A-Za-z]|[IVXLCivxlc]+)(?: [0-9]{1,3}| [a-z]| [ivxlc]+)*"
)
MOST_IN_A_LABEL, AHEAD = 6, 12
GOLDEN = (
    "accord/rental-deposit-with.sample.md",
    "basecamp/terms_index.md",
    "bonterms/Cloud-Terms.md",
    "commonpaper/CSA.md",
    "github/github-terms-of-service.md",
    "governance/Holacracy-Constitution.md",
    "governance/openjs_PROJECT_PROGRESSION.md",
    "governance/whatwg_SG_Agreement.md",
    "law/de_vereinsg.md",
    "open-agreements/common-paper-cloud-service-agreement.docx",
    "open-agreements/openagreements-restrictive-covenant-colorado.docx",
    "openchain/OpenChainSpec-2.0.TranslationDE.docx",
)


def files(corpus):
    found = sorted(path for path in (corpus / "agreements").rglob("*") if path.is_file())
    return [*found, *sorted((corpus.parent / "seeds").glob("*.txt"))]


def differences(path):
    """Where the words part, labels at the beginning of a paragraph of either side aside."""
    found = document(str(path))
    paragraphs, _ = pandoc.read(path)
    held = [pandoc.words(paragraph) for paragraph in paragraphs]
    if found.title_is_text and pandoc.words(found.tree.title) in held:
        # The title comes first, wherever it stood.
        held.insert(0, held.pop(held.index(pandoc.words(found.tree.title))))
    theirs, theirs_begin = joined(held)
    ours, ours_begin = joined([pandoc.words(line) for line in found.text.split("\n")])
    at = own = 0
    while at < len(theirs) or own < len(ours):
        skip = (0, 0)
        if at in theirs_begin or own in ours_begin:
            skip = labels_before(
                theirs[at : ending(theirs_begin, at)], ours[own : ending(ours_begin, own)]
            )
        at, own = at + skip[0], own + skip[1]
        if theirs[at : at + 1] != ours[own : own + 1]:
            return " ".join(theirs[at - 5 : at + 5]), " ".join(ours[own - 5 : own + 5])
        at, own = at + 1, own + 1
    return None


def ending(begin, at):
    """Where the paragraph ends that goes on here, or the look ahead."""
    return next((to for to in range(at + 1, at + AHEAD) if to in begin), at + AHEAD)


def joined(paragraphs):
    """All words, and where paragraphs begin."""
    words, begin = [], set()
    for paragraph in paragraphs:
        begin.add(len(words))
        words += paragraph
    return words, begin


def labels_before(theirs, ours):
    """How many words to pass over on either side as labels, so that the next ones agree."""
    passed = [n for n in range(MOST_IN_A_LABEL + 1) if is_label(theirs[:n])]
    own = [n for n in range(MOST_IN_A_LABEL + 1) if is_label(ours[:n])]
    for skip in sorted(((a, b) for a in passed for b in own), key=sum):
        first, second = theirs[skip[0] :], ours[skip[1] :]
        shorter = min(len(first), len(second), 5)
        if first[:shorter] == second[:shorter]:
            return skip
    return (0, 0)


def is_label(words):
    return not words or LABEL.fullmatch(" ".join(words))


def test_no_word_is_lost(corpus):
    lost = {path.name: found for path in files(corpus) if (found := differences(path))}
    assert lost == {}


def test_every_tree_keeps_the_rules_of_the_model(corpus):
    for path in files(corpus):
        tree = document(str(path)).tree
        for node in tree.walk():
            parent = tree.parents[node.key]
            holder = None if parent is None else tree.find(parent).kind
            assert node.kind in MAY_HOLD[holder], path
            assert node.kind != "clause" or node.heading or node.text, path
            assert canonical(node.heading) == node.heading, path
            assert node.kind == "verbatim" or canonical(node.text) == node.text, path


def outline(path):
    """Structure only, no words: depth, kind, label, words of the heading, words of the text."""
    tree = document(str(path)).tree
    labels = numbering.labels(tree)
    for node in tree.walk():
        depth = len(tree.path(node.key)) - 1
        sizes = f"{len(plain(node.heading).split())}+{len(plain(node.text).split())}"
        yield f"{'  ' * depth}{node.kind} {labels[node.key].own or '-'} {sizes}"


@pytest.mark.parametrize("name", GOLDEN)
def test_the_outline_is_the_golden_one(corpus, name):
    golden = OUTLINES / f"{name.replace('/', '_')}.txt"
    found = "".join(f"{line}\n" for line in outline(corpus / "agreements" / name))
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GOLDEN)
def test_pandoc_sees_as_many_headings(corpus, name):
    path = corpus / "agreements" / name
    assert document(str(path)).headings == pandoc.read(path)[1]

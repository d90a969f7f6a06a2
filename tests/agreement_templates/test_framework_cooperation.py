"""The framework agreement stands under every choice, and its two versions differ as they say."""

import re
from collections import Counter
from itertools import product

import pytest

from app.domain import prose
from app.domain.clauses import Clause, Kind
from app.domain.numbering import labels
from app.domain.references import dangling
from app.formats.template_document import TemplateDocument
from app.formats.template_instance import Instance, asked, instantiate, questions
from app.formats.template_library import SHIPPED, risks
from app.formats.template_reading import read

OLD, NEW = (
    read((SHIPPED / "framework-cooperation" / f"{version}.md").read_text(), version)
    for version in ("1.0.0", "1.1.0")
)
BOTH = pytest.mark.parametrize("document", [OLD, NEW], ids=["1.0.0", "1.1.0"])
RENAMED = ("Specific Cooperation Agreement", "Specific Agreement")


def every_instance(document: TemplateDocument) -> list[Instance]:
    """The agreement under every combination of choices."""
    names = [option.name for option in document.options]
    picked = product(*(option.choices for option in document.options))
    return [
        instantiate(document, choices=dict(zip(names, choices, strict=True))) for choices in picked
    ]


def words(node: Clause) -> str:
    return f"{node.heading} {prose.plain(node.text)}"


@BOTH
def test_under_every_choice_no_reference_dangles_and_every_node_has_its_label(
    document: TemplateDocument,
) -> None:
    instances = every_instance(document)
    assert len(instances) == 96
    for instance in instances:
        assert dangling(instance.tree) == ()
        assert set(labels(instance.tree)) == set(instance.tree.nodes)
        assert set(instance.template_ids) == set(instance.tree.nodes)
        assert instance.mandatory <= set(instance.tree.nodes)


@BOTH
def test_every_defined_term_is_used_beyond_its_definition(document: TemplateDocument) -> None:
    tree = instantiate(document).tree
    terms = [node for node in tree.walk() if node.kind is Kind.DEFINITION]
    assert len(terms) >= 20
    for term in terms:
        forms = "|".join(re.escape(form.strip()) for form in term.heading.split(";"))
        used = [n.key for n in tree.walk() if n != term and re.search(rf"\b({forms})\b", words(n))]
        assert used, term.heading
    names = [term.heading.split(";")[0].lower() for term in terms]
    assert names == sorted(names)


@BOTH
def test_its_size_is_that_of_a_real_framework(document: TemplateDocument) -> None:
    tree = instantiate(document).tree
    articles = tree.find("agreed-terms").children
    below = Counter(child.kind for article in articles for child in article.children)
    assert 20 <= len(articles) <= 25
    assert 60 <= below[Kind.CLAUSE] <= 105
    guided = set(instantiate(document).guidance)
    without = [a.key for a in articles if not guided & {node.key for node in a.walk()}]
    assert len(without) <= 2
    assert [node.heading for node in tree.clauses if node.kind is Kind.ANNEX] == [
        "List of Hubs",
        f"Model of a {RENAMED[document is NEW]}",
        "Data protection",
        "Code of Conduct",
    ]


@BOTH
def test_the_non_compete_is_off_and_limited_in_three_ways_when_on(
    document: TemplateDocument,
) -> None:
    assert "clients-non-compete" not in instantiate(document).tree.nodes
    on = instantiate(document, choices={"non_compete": "on"})
    limits = prose.blanks_in(on.tree.find("clients-non-compete").text)
    assert limits == ("noncompete_months", "noncompete_services", "noncompete_territory")
    asks = {question.name: question for question in questions(document)}
    for name in limits:
        assert asks[name].required
        assert not asked(asks[name], document.defaults())
        assert asked(asks[name], {"non_compete": "on"})


@BOTH
def test_each_risk_of_the_table_is_answered_or_said_not_to_be(document: TemplateDocument) -> None:
    rows = risks(SHIPPED, document)
    assert Counter(row.kind for row in rows).keys() == {"gain", "cost", "risk"}
    assert all(row.clauses for row in rows)
    assert sum(row.kind == "risk" for row in rows) >= 12


def test_the_versions_differ_exactly_as_the_changelog_says() -> None:
    old, new = OLD.tree.nodes, NEW.tree.nodes
    assert set(old) - set(new) == {"commitments-attendance"}
    assert set(new) - set(old) == {
        "d-silence",
        "d-thematic",
        "governance-silence",
        "thematic-groups",
        "thematic-setup",
        "thematic-mandate",
        "thematic-report",
    }
    changed = [
        key
        for key in old.keys() & new.keys()
        if (old[key].heading.replace(*RENAMED), old[key].text.replace(*RENAMED))
        != (new[key].heading, new[key].text)
    ]
    assert changed == ["liability-between"]


def test_only_the_visibility_article_moved() -> None:
    def order(document: TemplateDocument) -> list[str]:
        common = OLD.tree.nodes.keys() & NEW.tree.nodes.keys()
        return [a.key for a in document.tree.find("agreed-terms").children if a.key in common]

    old, new = order(OLD), order(NEW)
    assert old != new
    assert [k for k in old if k != "visibility"] == [k for k in new if k != "visibility"]
    assert new[new.index("visibility") - 1] == "reporting"


def test_the_old_name_of_the_term_is_gone() -> None:
    assert not [node.key for node in NEW.tree.walk() if RENAMED[0] in words(node)]
    assert len([node.key for node in NEW.tree.walk() if RENAMED[1] in words(node)]) > 25

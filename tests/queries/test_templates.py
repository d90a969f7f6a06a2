"""The library, and who uses it."""

import pytest

from app.domain.redline import RedlineNode
from app.kernel.errors import NotFound
from app.models.base import db
from app.queries import templates
from tests.factories.agreements import make_case


def test_frameworks_come_first_and_newest_versions_on_top():
    families = templates.families()
    assert families[0].newest.scenario == "framework"
    assert [one.version for one in families[0].versions] == ["1.1.0", "1.0.0"]
    assert families[0].size.articles < families[0].size.clauses


def test_what_is_not_there_is_named():
    with pytest.raises(NotFound, match="library lists"):
        templates.get_family("nothing")
    with pytest.raises(NotFound, match=r"no version 9.* newest is 1.0.0"):
        templates.get_template("matchmaking", "9")


def test_every_risk_names_clauses_of_its_template():
    for family in templates.families():
        for document in family.versions:
            numbers = templates.labels_of(document.slug, document.version)
            rows = templates.risks_of(document.slug, document.version)
            assert rows
            assert all(key in numbers for row in rows for key in row.clauses)


def test_alternatives_keep_one_number_in_a_comparison():
    slug = "framework-cooperation"
    numbers = templates.labels_of(slug, "1.1.0")

    def check(node: RedlineNode) -> None:
        if node.new_label:
            assert node.new_label == numbers[node.key]
        for child in node.children:
            check(child)

    for node in templates.redline_of(slug, "1.0.0", "1.1.0").nodes:
        check(node)


def test_every_blank_has_words():
    document = templates.get_template("joint-service", "1.0.0")
    words = templates.blank_labels(document)
    assert words["coordinator.seat"] == "Coordinator: seat"
    assert set(words) >= document.blank_names()


def test_uses_are_those_one_takes_part_in(session):
    mine, other = make_case(), make_case()
    for case in (mine, other):
        case.agreement.template_slug, case.agreement.template_version = "matchmaking", "1.0.0"
    db.session.commit()
    actor = mine.actor("Lille")
    assert [use.slug for use in templates.uses_of(actor, "matchmaking")] == [mine.agreement.slug]
    assert templates.count_uses(actor)["matchmaking"] == 1
    assert not templates.uses_of(actor, "joint-service")

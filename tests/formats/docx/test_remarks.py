from app.domain import operations as ops
from app.formats.docx.remarks import remarks
from tests.formats.docx.samples import agreement, clause


def test_every_operation_is_told_beside_its_clause():
    tree = agreement()
    fresh = clause("fresh", "New", "Is **new**.", children=[clause("fresh-a", text="And more.")])
    told = remarks(
        tree,
        (
            ops.replace_text(tree, "no-result", "It owes *a* result."),
            ops.set_heading(tree, "form", "Shape"),
            ops.insert_clause(tree, "search", "form", fresh),
            ops.delete_clause(tree, "after"),
            ops.move_clause(tree, "costs", "relief", "force"),
        ),
    )
    assert told == {
        "no-result": "The text should read: It owes a result.",
        "form": "The heading should read: Shape\nAfter this there should be new text:\n"
        "New Is new.\nAnd more.",
        "after": "This should go, with all below it.",
        "costs": "This should stand by “No one is liable as Annex A, 1.1 and § 3a and "
        "Article 1, …”",
    }


def test_what_is_about_a_clause_of_another_text_stands_at_the_first():
    tree = agreement()
    step = ops.delete_clause(tree, "after")
    assert list(remarks(tree.remove("after"), (step,))) == ["parties"]

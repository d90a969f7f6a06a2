"""The risk table beside a template."""

import pytest

from app.formats.template_document import TemplateError
from app.formats.template_reading import read
from app.formats.template_risks import Risk, check_risks, read_risks
from tests.formats.template_texts import MATCHMAKING

ROWS = """[[rows]]
actor = "Requesting Hub"
kind = "risk"
text = "The other hub goes straight to the client."
clauses = ["search-duty"]
left = "Say in the request who may be told."

[[rows]]
actor = "Receiving Hub"
kind = "cost"
text = "Time to search."
"""


def test_rows_come_as_they_stand() -> None:
    first, second = read_risks(ROWS)
    assert first == Risk(
        "Requesting Hub",
        "risk",
        "The other hub goes straight to the client.",
        ("search-duty",),
        "Say in the request who may be told.",
    )
    assert (second.kind, second.clauses, second.left) == ("cost", (), "")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('kind = "cost"', 'kind = "price"', 8, "gain, cost or risk"),
        ('text = "Time', 'words = "Time', 8, "words is not known"),
        ('text = "Time to search."', "", 8, "needs text"),
        ('["search-duty"]', '"search-duty"', 1, "a list of clause ids"),
        ('[[rows]]\nactor = "Rec', '[[lines]]\nactor = "Rec', 1, "nothing else"),
        ('[[rows]]\nactor = "Rec', '[[rows]\nactor = "Rec', 1, "not TOML"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_refused(old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read_risks(ROWS.replace(old, new), "1.0.0.risks.toml")
    assert (caught.value.line, reason in caught.value.reason) == (line, True)


def test_a_row_names_only_clauses_the_template_has() -> None:
    document = read(MATCHMAKING)
    shared = ROWS.replace("search-duty", "fee")
    assert check_risks(shared, "r", document)[0].clauses == ("fee",)
    with pytest.raises(TemplateError) as caught:
        check_risks(ROWS.replace("search-duty", "search-dutie"), "r", document)
    assert (caught.value.line, caught.value.reason) == (
        5,
        "The template has no clause search-dutie.",
    )

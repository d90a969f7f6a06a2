from app.domain import sides
from app.domain.clauses import Clause, Kind
from app.domain.operations import InsertClause, MoveClause, Operation, ReplaceText, SetHeading
from app.domain.provenance import Source
from app.domain.sides import Side


def side(number: int, *steps: Operation) -> Side:
    return Side(number, steps, Source("amendment", str(number)))


def new(key: str, text: str = "Words.", *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, "", text, children)


def test_the_same_words_at_the_same_place_are_one_clause_of_the_lowest_number() -> None:
    settled, proposers = sides.united(
        [
            side(
                2,
                InsertClause(None, "a", new("k2", "Words.", new("k2-in"))),
                ReplaceText("a", "", "See [[k2-in]]."),
            ),
            side(1, InsertClause(None, "a", new("k1", "Words.", new("k1-in")))),
        ]
    )
    assert [one.number for one in settled] == [1, 2]
    assert settled[1].operations == (
        InsertClause(None, "a", new("k1", "Words.", new("k1-in"))),
        ReplaceText("a", "", "See [[k1-in]]."),
    )
    assert proposers == {"k1": (1, 2)}


def test_what_follows_a_shared_clause_is_compared_by_its_shared_name() -> None:
    settled, proposers = sides.united(
        [
            side(
                1, InsertClause(None, "a", new("p1")), InsertClause(None, "p1", new("q1", "More."))
            ),
            side(
                2,
                InsertClause(None, "p2", new("q2", "More.")),
                InsertClause(None, "a", new("p2")),
                MoveClause("z", "p2", None),
                SetHeading("a", "", "[[q2]]"),
            ),
        ]
    )
    assert proposers == {"p1": (1, 2), "q1": (1, 2)}
    assert settled[1].operations[2:] == (MoveClause("z", "p1", None), SetHeading("a", "", "[[q1]]"))


def test_other_words_another_place_or_one_author_are_no_repetition() -> None:
    _, proposers = sides.united(
        [
            side(1, InsertClause(None, "a", new("k1")), InsertClause(None, "a", new("k2"))),
            side(
                2, InsertClause(None, "b", new("k3")), InsertClause(None, "a", new("k4", "Other."))
            ),
        ]
    )
    assert set(proposers) == {"k1", "k2", "k3", "k4"}

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import differences, operations
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.consolidation import consolidate
from app.domain.operations import InsertClause, MoveClause, Operation
from app.domain.rebase import Rebased, rebase
from tests.domain import golden, strategies

OLD = golden.read_tree((
    "answer (Answers): The hub shall answer within 30 working days of the request.",
    "votes: Each hub has one vote.",
    "  proxy: A proxy counts.",
    "  quorum: Half of the hubs are a quorum.",
    "reports: Each hub reports once a year.",
))  # fmt: skip

ROW = golden.read_tree(("a: A.", "b: B.", "c: C.", "d: D."))


def clause(key: str, text: str) -> Clause:
    return Clause(key, Kind.CLAUSE, "", text)


def sentences(found: Rebased) -> list[str]:
    return [reason.sentence for reason in found.reasons]


def reworded(text: str) -> list[Operation]:
    return [operations.replace_text(OLD, "answer", text)]


def test_on_an_unchanged_clause_nothing_changes() -> None:
    mine = reworded("The hub shall answer within 15 working days of the request.")
    assert rebase(mine, OLD, OLD.replace("reports", text="New.")) == Rebased(
        "clean", tuple(mine), (), tuple(mine)
    )


def test_other_words_of_the_clause_are_carried() -> None:
    new = OLD.replace(
        "answer", text="The hub must answer within 30 working days of the request.", heading="Time"
    )
    found = rebase(
        reworded("The hub shall answer within 15 working days of the request."), OLD, new
    )
    assert found.state == "clean"
    assert operations.apply(new, found.operations).find("answer").text == (
        "The hub must answer within 15 working days of the request."
    )


def test_the_same_words_changed_need_the_author() -> None:
    new = OLD.replace("answer", text="The hub shall answer within 45 working days of the request.")
    found = rebase(
        reworded("The hub shall answer within 15 working days of the request."), OLD, new
    )
    assert (found.state, found.operations) == ("attention", ())
    assert sentences(found) == ["The words it changes read differently now."]


def test_what_stands_already_is_obsolete() -> None:
    text = "The hub shall answer within 15 working days of the request."
    assert rebase(reworded(text), OLD, OLD.replace("answer", text=text)).state == "obsolete"
    more = OLD.replace("answer", text="The hub shall answer within 15 working days of any request.")
    assert rebase(reworded(text), OLD, more).state == "obsolete"
    heading = [operations.set_heading(OLD, "answer", "Time")]
    assert rebase(heading, OLD, OLD.replace("answer", heading="Time")).state == "obsolete"
    gone = [operations.delete_clause(OLD, "proxy")]
    assert rebase(gone, OLD, OLD.remove("proxy")).state == "obsolete"
    move = [operations.move_clause(OLD, "proxy", None, "votes")]
    assert rebase(move, OLD, OLD.move("proxy", Place(None, "votes"))).state == "obsolete"
    insert = [InsertClause(None, "votes", clause("mine", "Words."))]
    twin = OLD.insert(Place(None, "votes"), clause("theirs", "Words."))
    assert rebase(insert, OLD, twin).state == "obsolete"


@pytest.mark.parametrize(
    ("mine", "new"),
    [
        (operations.replace_text(OLD, "proxy", "No proxy."), OLD.remove("votes")),
        (operations.set_heading(OLD, "proxy", "Proxies"), OLD.remove("proxy")),
        (operations.delete_clause(OLD, "votes"), OLD.replace("quorum", text="A third.")),
        (operations.delete_clause(OLD, "reports", "answer"), OLD.remove("answer")),
        (operations.move_clause(OLD, "proxy", None, None), OLD.remove("proxy")),
        (operations.move_clause(OLD, "reports", "votes", "proxy"), OLD.remove("votes")),
        (
            operations.move_clause(OLD, "proxy", None, None),
            OLD.move("proxy", Place("reports", None)),
        ),
        (InsertClause("votes", "proxy", clause("mine", "Words.")), OLD.remove("votes")),
        (
            operations.move_clause(OLD, "votes", "reports", None),
            OLD.move("reports", Place("votes", None)),
        ),
    ],
)
def test_what_lost_its_ground_needs_the_author(mine: Operation, new: ClauseTree) -> None:
    found = rebase([mine], OLD, new)
    assert (found.state, found.operations) == ("attention", ())
    assert sentences(found)[-1].endswith(".")


def test_a_deletion_is_carried_where_less_is_left_to_delete() -> None:
    found = rebase([operations.delete_clause(OLD, "votes")], OLD, OLD.remove("proxy"))
    assert found.state == "clean"
    assert "votes" not in operations.apply(OLD.remove("proxy"), found.operations).nodes


def test_an_insertion_stands_behind_the_nearest_neighbour_left() -> None:
    mine = [
        InsertClause("votes", "quorum", clause("mine", "Words.")),
        InsertClause("votes", "mine", clause("more", "More.")),
    ]
    new = OLD.remove("quorum")
    found = rebase(mine, OLD, new)
    assert found.state == "clean"
    assert [c.key for c in operations.apply(new, found.operations).find("votes").children] == [
        "proxy",
        "mine",
        "more",
    ]


def test_the_same_words_elsewhere_stand_for_nothing_that_is_to_be_inserted_here() -> None:
    mine = [InsertClause("votes", "proxy", clause("mine", "Words."))]
    for place in (None, "quorum"):
        new = OLD.insert(Place("votes", place), clause("theirs", "Words."))
        found = rebase(mine, OLD, new)
        assert (found.state, found.operations) == ("clean", tuple(mine))
        sides = [Amendment(1, differences.between(OLD, new)), Amendment(2, tuple(mine))]
        assert operations.apply(new, found.operations) == consolidate(OLD, sides).tree


def test_what_refers_to_a_clause_that_stands_already_refers_to_that_one() -> None:
    mine = [
        InsertClause("votes", "proxy", clause("mine", "Words.")),
        operations.replace_text(OLD, "reports", "See [[mine]]."),
    ]
    new = OLD.insert(Place("votes", "proxy"), clause("theirs", "Words."))
    found = rebase(mine, OLD, new)
    assert found.state == "clean"
    assert operations.apply(new, found.operations).find("reports").text == "See [[theirs]]."


def order(tree: ClauseTree) -> str:
    return " ".join(node.key for node in tree.clauses)


@pytest.mark.parametrize(
    ("mine", "new", "result"),
    [
        # A moved neighbour still marks its place, and what came to that place stands before.
        (
            [InsertClause(None, "b", clause("x", "X."))],
            ROW.move("b", Place(None, "d")),
            "a x c d b",
        ),
        (
            [InsertClause(None, "b", clause("x", "X."))],
            ROW.remove("b").insert(Place(None, "a"), clause("y", "Y.")),
            "a y x c d",
        ),
        # Two that followed different neighbours keep their order when both are gone.
        (
            [
                InsertClause(None, "b", clause("x", "X.")),
                InsertClause(None, "c", clause("y", "Y.")),
            ],
            ROW.remove("b").remove("c"),
            "a x y d",
        ),
        # What stands already where it was to be moved to still comes first.
        (
            [InsertClause(None, "b", clause("x", "X.")), MoveClause("c", None, "a")],
            ROW.remove("b"),
            "a c x d",
        ),
        # The author's own moves leave their places, but mark them.
        (
            [MoveClause("c", None, "a"), MoveClause("b", None, "d")],
            ROW.move("a", Place(None, "c")),
            "c a d b",
        ),
    ],
)
def test_what_is_placed_stands_where_merging_would_put_it(
    mine: list[Operation], new: ClauseTree, result: str
) -> None:
    found = rebase(mine, ROW, new)
    assert found.state == "clean"
    assert order(operations.apply(new, found.operations)) == result
    sides = [Amendment(1, differences.between(ROW, new)), Amendment(2, tuple(mine))]
    tree = consolidate(ROW, sides).tree
    assert tree is not None
    assert order(tree) == result


def test_what_follows_a_clause_that_stands_already_still_follows_it() -> None:
    mine = [
        InsertClause("votes", "proxy", clause("mine", "Words.")),
        InsertClause("votes", "mine", clause("more", "More.")),
    ]
    new = OLD.insert(Place("votes", "proxy"), clause("mine", "Words."))
    found = rebase(mine, OLD, new)
    assert (found.state, [step.clause for step in found.operations]) == ("clean", ["more"])
    assert [c.key for c in operations.apply(new, found.operations).find("votes").children][:3] == [
        "proxy",
        "mine",
        "more",
    ]


def test_one_part_may_need_the_author_while_others_are_carried() -> None:
    mine: list[Operation] = [
        MoveClause("reports", None, None),
        operations.replace_text(OLD, "proxy", "No proxy."),
    ]
    found = rebase(mine, OLD, OLD.remove("proxy"))
    assert (found.state, found.operations) == ("attention", (mine[0],))
    assert [reason.operation for reason in found.reasons] == [1]


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_clean_can_be_done_and_nothing_is_lost(data: st.DataObject) -> None:
    old = data.draw(strategies.trees())
    mine = differences.between(old, data.draw(strategies.edited_trees(old, prefix="mine")))
    new = data.draw(strategies.edited_trees(old, prefix="theirs"))
    found = rebase(mine, old, new)
    operations.apply(new, found.operations)
    told = {reason.operation for reason in found.reasons}
    assert len(found.operations) + len(told) >= len(mine)
    assert rebase(mine, old, old).state == ("clean" if mine else "obsolete")


def test_where_the_author_has_to_look_their_own_wording_is_suggested() -> None:
    mine = reworded("The hub shall answer within 20 working days of the request.")
    new = OLD.replace("answer", text=OLD.find("answer").text.replace("30", "45"))
    found = rebase(mine, OLD, new)
    assert (found.state, found.operations) == ("attention", ())
    assert operations.apply(new, found.suggested).find("answer").text == mine[0].text


JOINED = OLD.remove("quorum").replace(
    "proxy", text="A proxy counts. Half of the hubs are a quorum."
)


def test_an_edit_of_a_clause_that_was_joined_follows_its_words() -> None:
    mine = [operations.replace_text(OLD, "quorum", "A third of the hubs are a quorum.")]
    found = rebase(mine, OLD, JOINED)
    assert (found.state, found.reasons) == ("clean", ())
    assert operations.apply(JOINED, found.operations).find("proxy").text == (
        "A proxy counts. A third of the hubs are a quorum."
    )


def test_edits_of_all_clauses_that_are_one_now_are_one() -> None:
    mine = [
        operations.replace_text(OLD, "quorum", "A third of the hubs are a quorum."),
        operations.replace_text(OLD, "proxy", "No proxy counts."),
    ]
    found = rebase(mine, OLD, JOINED)
    assert (found.state, len(found.operations)) == ("clean", 1)
    assert operations.apply(JOINED, found.operations).find("proxy").text == (
        "No proxy counts. A third of the hubs are a quorum."
    )


def test_an_edit_follows_words_that_were_joined_and_reworded() -> None:
    mine = [operations.replace_text(OLD, "quorum", "A third of the hubs are a quorum.")]
    new = JOINED.replace("proxy", text="A proxy counts. Half of the hubs shall be a quorum.")
    found = rebase(mine, OLD, new)
    assert (found.state, found.reasons) == ("clean", ())
    assert operations.apply(new, found.operations).find("proxy").text == (
        "A proxy counts. A third of the hubs shall be a quorum."
    )
    met = JOINED.replace("proxy", text="A proxy counts. Two thirds of the hubs are a quorum.")
    assert rebase(mine, OLD, met).state == "attention"
    other = JOINED.replace("proxy", text="A proxy counts. All hubs hear of it in time.")
    assert rebase(mine, OLD, other).reasons == rebase(mine, OLD, OLD.remove("quorum")).reasons


def test_a_joined_clause_whose_words_meet_others_needs_the_author() -> None:
    mine = [operations.replace_text(OLD, "proxy", "A proxy counts twice!")]
    mine.append(operations.replace_text(OLD, "quorum", "All hubs are a quorum."))
    new = JOINED.replace("proxy", text="A proxy counts once. Half of the hubs are a quorum.")
    found = rebase(mine, OLD, new)
    assert (found.state, found.operations) == ("attention", ())
    assert operations.apply(new, found.suggested).find("proxy").text == (
        "A proxy counts twice! All hubs are a quorum."
    )
    gone = rebase(mine[1:], OLD, OLD.remove("quorum"))
    assert sentences(gone) == ["The clause it changes is no longer there."]


def test_what_can_be_carried_can_always_be_done() -> None:
    mine: list[Operation] = [
        operations.delete_clause(OLD, "votes"),
        MoveClause("proxy", "reports", None),
    ]
    new = OLD.move("reports", Place("proxy", None))
    found = rebase(mine, OLD, new)
    assert (found.state, found.operations, found.suggested) == ("attention", (), ())

"""What goes on from what between the two views of a file."""

from app.domain import returned
from app.domain.returned_pairs import paired, same_units
from app.domain.returned_words import reading
from tests.domain.returned_files import ANA, DEL, INS, TEXT, File


def pairing(file, keys):
    document = file.read()
    words = reading(document, (TEXT,), {})
    sides = []
    for view in (returned.rejecting(document), returned.accepting(document)):
        units = words.units(view)
        sides.append((units, view, [words.prose(unit, view) for unit in units]))
    same = same_units(sides[0][0], sides[1][0])
    return paired(document, *sides, keys, tuple(TEXT.nodes), same)


def test_a_wholly_rewritten_paragraph_goes_on_from_itself():
    file = File().add(("Old words.", (DEL, ANA)), ("New ones.", (INS, ANA)), key="duty")
    found = pairing(file, {0: "duty"})
    assert (found.keys, found.left, found.said) == ({0: "duty"}, {}, {"duty": "Old words."})


def test_words_deleted_to_the_end_of_the_next_paragraph_leave_the_first():
    file = File().add("Kept words.", key="duty", mark=((DEL, ANA),))
    found = pairing(file.add(("Gone words.", (DEL, ANA)), key="cost"), {0: "duty", 1: "cost"})
    assert (found.keys, found.joined, set(found.left)) == ({0: "duty"}, {}, {"cost"})
    assert found.units["duty"].paragraphs == (0,)


def test_order_changed_without_tracking_is_a_move():
    found = pairing(File().keep("cost", "form", "duty"), {0: "cost", 1: "form", 2: "duty"})
    assert (found.moved, found.elsewhere) == ({0}, set())

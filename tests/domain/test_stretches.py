from app.domain import stretches, tokens
from app.domain.provenance import ProvenanceSpan, Source
from app.domain.stretches import CUT, Stretch
from app.domain.tokens import PLAIN, Tokens

ONE, TWO = Source("amendment", "1"), Source("amendment", "2")
BASE, STRONG, EM = (False, False, None), (True, False, None), (False, True, None)


def stretch(text: str, source: Source = ONE) -> Stretch:
    read = tokens.read(text)
    return Stretch(read, [ProvenanceSpan(tokens.plain_length(read.words), source)])


def shown(found: list[Stretch]) -> tuple[str, int]:
    return tokens.write([held.tokens for held in found]), sum(
        s.length for held in found for s in held.spans
    )


def test_white_space_at_the_ends_and_twice_is_taken_away_with_its_length() -> None:
    found = stretches.tidied(
        [stretch(" a "), stretch(" b"), stretch(" ", TWO), stretch(" "), stretch("c  ")]
    )
    assert shown(found) == ("a b c", 5)
    assert stretches.tidied([stretch(" ")]) == []


def test_a_text_is_divided_at_its_cuts() -> None:
    cut = Tokens((CUT + "n",), (PLAIN,))
    read = tokens.read("one")
    both = Tokens((*read.words, *cut.words, "two"), (PLAIN,) * 3)
    found = stretches.divided(
        "a",
        [Stretch(both, [ProvenanceSpan(3, ONE), ProvenanceSpan(3, TWO)]), stretch(" three", TWO)],
    )
    assert [(key, *shown(held)) for key, held in found] == [("a", "one", 3), ("n", "two three", 9)]
    assert found[0][1][0].spans == [ProvenanceSpan(3, ONE)]


def test_changes_of_marks_are_united() -> None:
    assert stretches.united(PLAIN, [(STRONG,), (EM,)]) == ((True, True, None),)
    assert stretches.united((STRONG,), [PLAIN]) == PLAIN
    assert stretches.united((STRONG,), [(STRONG,), (BASE,)]) == PLAIN
    assert stretches.united(PLAIN, [(BASE, STRONG), (EM,)]) == (EM, (True, True, None))
    links = [((False, False, "https://a.eu"),), ((False, False, "https://b.eu"),)]
    assert stretches.united(PLAIN, links) == links[0]
    marked = stretches.with_marks([stretch("a b")], [[(STRONG,)] * 3])
    assert shown(marked) == ("**a b**", 3)

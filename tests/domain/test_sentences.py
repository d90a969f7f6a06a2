from app.domain import sentences, tokens


def test_a_sentence_ends_before_a_space_and_a_line_at_its_break() -> None:
    words = tokens.tokens("One. Two (No. 3.5) ends.” And")
    assert [words[end - 1] + words[end] for end in sentences.sentence_ends(words)] == [
        ". ",
        ". ",
        ".”",
    ]
    words = tokens.tokens("A line\nof two。三")
    assert [words[end - 1] for end in sentences.sentence_ends(words)] == ["\n", "。"]


def test_the_sentences_of_a_stretch_are_found() -> None:
    words = tokens.tokens("One two. Three four. Five.")
    first, second, last = sentences.sentence_ends(words)
    assert sentences.sentences_over(words, first + 1, first + 2) == [first, second]
    assert sentences.sentences_over(words, 0, second) == [0, first, second, last]
    assert sentences.has_end(words, 0, first)
    assert not sentences.has_end(words, first, second - 1)

from app.kernel.errors import AppError, Invalid


def test_a_refusal_keeps_its_sentence_and_its_parameters_apart():
    no = AppError("Round {number} closed at {time}.", number=2, time="18:00")

    assert str(no) == "Round 2 closed at 18:00."
    assert no.message == "Round {number} closed at {time}."
    assert no.params == {"number": 2, "time": "18:00"}


def test_a_sentence_without_parameters_is_shown_as_it_is():
    assert str(Invalid("Use {braces} freely.", "text")) == "Use {braces} freely."
    assert Invalid("x", "text").field == "text"

"""What people write, public or inside: of which kinds a comment is, how long words may be."""

from app.kernel.errors import Invalid

KINDS = ("question", "concern", "editorial", "support")
LONGEST = 10_000


def checked_kind(kind: str) -> str:
    """One of the kinds. Raises Invalid for any other."""
    if kind not in KINDS:
        raise Invalid("Choose a kind: question, concern, editorial or support.", "kind")
    return kind


def checked_words(text: str, field: str = "text", most: int = LONGEST) -> str:
    """The words without what surrounds them. Raises Invalid where there are none, or too many."""
    words = short_words(text, field, most)
    if not words:
        raise Invalid("Write something first.", field)
    return words


def short_words(text: str, field: str, most: int) -> str:
    """The same where there may be none."""
    words = text.replace("\r\n", "\n").strip()
    if len(words) > most:
        raise Invalid(
            "Keep it under {most} characters; this has {size}.", field, most=most, size=len(words)
        )
    return words

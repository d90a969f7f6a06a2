"""The characters of text files that nobody told the encoding of."""

from app.kernel.errors import Invalid

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def decoded(data: bytes, name: str) -> str:
    """The characters of a text file: UTF-8, UTF-16 with its mark, else Western European.

    Raises Invalid (field `file`) for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        raise Invalid("{name} is neither a text nor a Word file (.docx).", "file", name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")

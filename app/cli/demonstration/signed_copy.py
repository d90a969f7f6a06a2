"""A signed copy as a party would scan it: a PDF of one page, written by hand."""


def signed_copy(*, title: str, party: str, person: str, digits: str) -> bytes:
    """A small PDF that names agreement, version, party and person, with a stroke as signature."""
    lines = (
        (18, f"Signed copy: {title}"),
        (12, f"Version with the hash {digits}"),
        (12, f"For {party}"),
        (12, f"signed by {person}"),
    )
    words, height = [], 760
    for size, line in lines:
        words.append(f"BT /F1 {size} Tf 72 {height} Td ({_escaped(line)}) Tj ET")
        height -= 30
    stroke = "2 w 80 590 m 120 650 150 560 190 620 c 220 650 230 590 270 605 c S"
    stream = "\n".join((*words, stroke)).encode("cp1252", "replace")
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(*objects: bytes) -> bytes:
    """The objects with their table of places, as a reader of PDF wants them."""
    content, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        % (
            size,
            table,
            size,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(content)
    )

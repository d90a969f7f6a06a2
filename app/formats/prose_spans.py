"""The words of a clause as spans for an editor that shows no marks: JSON, one object a span.

{"text", "marks" (2 strong, 1 emphasis, 3 both), "link"} for words, {"ref", "shown", "marks"} for a
cross-reference, {"blank", "shown", "marks"} for a blank, {"cell": true} between cells of a row.
"""

import json
from collections.abc import Mapping
from typing import Any

from app.domain import placeholders, prose, references
from app.domain.numbering import Label


def to_json(text: str, labels: Mapping[str, Label], blanks: Mapping[str, str]) -> str:
    """The spans of a prose, with what a reader sees in place of references and blanks."""
    spans = [_span(span, labels, blanks) for span in prose.parse(text)]
    return json.dumps(spans, ensure_ascii=False, separators=(",", ":"))


def _span(
    span: prose.Span, labels: Mapping[str, Label], blanks: Mapping[str, str]
) -> dict[str, Any]:
    marks = 2 * span.strong + span.em
    if span.ref is not None:
        return {"ref": span.ref, "shown": references.label(span.ref, labels), "marks": marks}
    if span.blank is not None:
        shown = placeholders.shown(span.blank, blanks)
        return {"blank": span.blank, "shown": shown, "marks": marks}
    if span.cell:
        return {"cell": True}
    return {"text": span.text, "marks": marks, "link": span.link or ""}

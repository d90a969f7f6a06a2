"""Template files, in and out: the one door to them for everybody else.

The files are strict: the first line that does not fit is refused with file, line and reason.
"""

from app.formats.template_document import Condition, TemplateDocument, TemplateError, holds
from app.formats.template_instance import (
    Instance,
    Question,
    answer_words,
    asked,
    blanks,
    choices_in,
    instantiate,
    questions,
)
from app.formats.template_labels import template_labels
from app.formats.template_library import SHIPPED, check, library, risks
from app.formats.template_reading import read
from app.formats.template_risks import Risk, read_risks
from app.formats.template_writer import to_source

__all__ = [
    "SHIPPED",
    "Condition",
    "Instance",
    "Question",
    "Risk",
    "TemplateDocument",
    "TemplateError",
    "answer_words",
    "asked",
    "blanks",
    "check",
    "choices_in",
    "holds",
    "instantiate",
    "library",
    "questions",
    "read",
    "read_risks",
    "risks",
    "template_labels",
    "to_source",
]

"""What all forms share: shape only; a refusal stands where it belongs, what was typed is kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import wtforms
from wtforms.fields.choices import SelectChoice
from wtforms.meta import DefaultMeta

from app.http.languages import ENGLISH, current, shown, tell
from app.http.statuses import status_of
from app.kernel.errors import AppError, Invalid


def _told(choice: Any) -> Any:
    """A choice with its words in the language of the page."""
    if isinstance(choice, SelectChoice):
        return replace(choice, label=shown(choice.label))
    return choice


class Form(wtforms.Form):
    """A form. After `refuse` its `status` is the refusal's, and its `refusal` the sentence."""

    class Meta(DefaultMeta):
        """The library's own sentences, in the language of the page."""

        @property
        def locales(self) -> list[str]:
            return [current(), ENGLISH]

        def render_field(self, field: Any, render_kw: Mapping[str, Any]) -> Any:
            choices = getattr(field, "choices", None)
            if isinstance(choices, list | tuple):
                field.choices = [_told(choice) for choice in choices]
            return super().render_field(field, render_kw)

    refusal: str = ""
    _status: int | None = None

    def refuse(self, error: AppError) -> None:
        """Show a refusal: at the field it names, else above the form."""
        self._status = status_of(error)
        field = error.field if isinstance(error, Invalid) else ""
        if field in self:
            self[field].errors = [*self[field].errors, tell(error)]
        else:
            self.refusal = tell(error)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if self._status is not None:
            return self._status
        return 422 if self.errors else 200

"""What all forms share: shape only; a refusal stands where it belongs, what was typed is kept."""

import wtforms

from app.http.statuses import status_of
from app.kernel.errors import AppError, Invalid


class Form(wtforms.Form):
    """A form. After `refuse` its `status` is the refusal's, and its `refusal` the sentence."""

    refusal: str = ""
    _status: int | None = None

    def refuse(self, error: AppError) -> None:
        """Show a refusal: at the field it names, else above the form."""
        self._status = status_of(error)
        field = error.field if isinstance(error, Invalid) else ""
        if field in self:
            self[field].errors = [*self[field].errors, str(error)]
        else:
            self.refusal = str(error)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if self._status is not None:
            return self._status
        return 422 if self.errors else 200

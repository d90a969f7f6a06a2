"""The five ways in which Concordat says no. Each carries a sentence a person can act on."""


class AppError(Exception):
    """A refusal. The message is an English sentence with {names}, the parameters fill it.

    The two stay apart until the last moment, so that a door can translate the sentence.
    """

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message.format(**self.params) if self.params else self.message


class NotFound(AppError):
    """There is no such thing, or the person may not know of it."""


class NotAllowed(AppError):
    """The wrong person: somebody else may do this."""


class WrongMoment(AppError):
    """The wrong moment: it was possible before, or will be later."""


class Conflict(AppError):
    """It changed meanwhile: the person worked from something that no longer stands."""


class Invalid(AppError):
    """What was given can't be used; `field` names the part that is at fault, if one is."""

    def __init__(self, message: str, /, field: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.field = field

"""The record as a whole: whether it holds."""

from sqlalchemy.orm import Session

from app.ledger import audit


def verify(session: Session) -> tuple[int, str | None]:
    """How many entries the record has, and what is wrong with the first that doesn't hold."""
    count, fault = audit.verify(session)
    return count, fault.why.format(seq=fault.seq) if fault else None

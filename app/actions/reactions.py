"""Reactions: nodding to a comment. No event: it isn't on the record, and nobody is told."""

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain.reactions import Reaction
from app.kernel.errors import Invalid
from app.models.comments import Comment
from app.models.reactions import ReactionRow


@action(Permission.COMMENT_REACT)
def react(work: Work, comment: Comment, *, kind: str, wanted: bool) -> Comment:
    """Give a reaction to a comment, or take it back; asked twice it stays as it is."""
    work.unchanged = True
    if kind not in set(Reaction):
        raise Invalid("There is no such reaction.", "kind")
    if comment.retracted_at is not None:
        raise Invalid("This comment is retracted.", "kind")
    held = work.session.get(ReactionRow, (comment.id, work.person, kind))
    if wanted and held is None:
        work.session.add(
            ReactionRow(comment_id=comment.id, user_id=work.person, kind=kind, given_at=work.now)
        )
    elif not wanted and held is not None:
        work.session.delete(held)
    return comment

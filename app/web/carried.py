"""What became of everything open when a version came out; each author's own first."""

from flask import Blueprint

from app.domain.lifecycle import AmendmentState
from app.http import auth
from app.kernel.errors import NotFound
from app.queries import carried as found
from app.queries import version_pages
from app.queries.heads import agreement_and_head
from app.queries.reading import session
from app.web.rendering import page

door = Blueprint(
    "carried", __name__, url_prefix="/agreements/<slug:slug>/versions/<number:number>/carried"
)


@door.get("")
def show(slug: str, number: int) -> str:
    """Show what a version did to open amendments and comments; own ones are settled here."""
    actor = auth.current_actor()
    agreement, head = agreement_and_head(actor, slug)
    text = version_pages.text_of_version(session(), agreement, number)
    if text.version is None:
        raise NotFound("A draft carries nothing over.")
    mine = head.mine.id if head.mine else None
    listed = found.carried_list(session(), agreement, text.version, mine)
    return page(
        "versions/carried.html",
        head=head,
        number=number,
        listed=listed,
        waiting=[
            line
            for line in listed.mine
            if line.fate == "attention" and line.row and line.row.state == AmendmentState.PROPOSED
        ],
    )

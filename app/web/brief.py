"""The brief: one page for a director, on screen and on paper."""

from flask import Blueprint

from app.http import auth
from app.kernel.said import said
from app.queries import agreements, brief
from app.queries.heads import head_of
from app.web.links import address_of
from app.web.rendering import page

door = Blueprint("brief", __name__)

KINDS = {
    "gain": said("What it brings"),
    "cost": said("What it costs"),
    "risk": said("What can go wrong"),
}


@door.get("/agreements/<slug:slug>/brief")
def show(slug: str) -> str:
    """Show what an agreement says, what changed in it, and what the reader owes it."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    held = brief.brief_of(actor, agreement)
    return page(
        "agreements/brief.html",
        head=head_of(actor, agreement),
        brief=held,
        kinds=KINDS,
        owed=[(due, address_of(slug, due.noun, due.value)) for due in held.owed],
    )

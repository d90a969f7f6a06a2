"""Drafts: the facilitator's direct edits, and filling blanks, while an agreement is drafted."""

from collections.abc import Mapping
from dataclasses import replace

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import differences, operations, placeholders, provenance
from app.domain import events as e
from app.domain.clauses import Clause, ClauseTree
from app.domain.provenance import Source
from app.kernel.errors import Conflict, Invalid
from app.models.agreements import Draft
from app.queries.consolidations import rewritten


@action(Permission.DRAFT_EDIT)
def edit_draft(work: Work, draft: Draft, *, tree: ClauseTree, seen: int) -> Draft:
    """Save the whole text anew. `seen` is the row version the editor started from."""
    _not_stale(draft, seen)
    old = ClauseTree.from_json(draft.tree)
    if tree == old:
        work.unchanged = True
        return draft
    if not tree.title.strip():
        raise Invalid("Give the agreement a title.", "title")
    old = _numbered_as(tree, old)
    changes = differences.between(old, tree)
    _rewrite(draft, old, tree, Source("edit"))
    draft.agreement.title = tree.title
    draft.edited_at = work.now
    work.record(
        e.DraftEdited(
            clauses=tuple(sorted(operations.touched(changes))),
            commitment=tree.version_hash,
        )
    )
    return draft


@action(Permission.DRAFT_EDIT)
def fill_blanks(work: Work, draft: Draft, *, values: Mapping[str, str], seen: int) -> Draft:
    """Put words into named blanks in every clause; no value lives beside the text."""
    _not_stale(draft, seen)
    old = ClauseTree.from_json(draft.tree)
    given = {name: words.strip() for name, words in values.items() if words.strip()}
    unknown = sorted(set(given) - set(placeholders.listed(old)))
    if unknown:
        raise Invalid("There is no blank {name} in this text.", "values", name=unknown[0])
    if not given:
        work.unchanged = True
        return draft
    tree = placeholders.fill(old, given)
    _rewrite(draft, old, tree, Source("answer", ", ".join(sorted(given))))
    draft.edited_at = work.now
    work.record(e.BlanksFilled(names=tuple(sorted(given))))
    return draft


def _numbered_as(tree: ClauseTree, old: ClauseTree) -> ClauseTree:
    """The old text with the given numbers of the new: they are no words, and no operation."""

    def numbered(node: Clause) -> Clause:
        now = tree.nodes.get(node.key)
        number = now.number if now is not None else node.number
        return replace(node, number=number, children=tuple(map(numbered, node.children)))

    return replace(old, clauses=tuple(map(numbered, old.clauses)))


def _rewrite(draft: Draft, old: ClauseTree, tree: ClauseTree, source: Source) -> None:
    """Store the new text; words that stay keep the source they had."""
    step = rewritten(
        old, differences.between(old, tree), provenance.from_json(draft.provenance), source
    )
    draft.tree, draft.provenance = tree.to_json(), provenance.to_json(step.provenance)


def _not_stale(draft: Draft, seen: int) -> None:
    if draft.row_version != seen:
        raise Conflict("Somebody edited the draft meanwhile. Compare with theirs, then save again.")

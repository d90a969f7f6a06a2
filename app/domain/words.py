"""States, roles, kinds and choices as people read them: a word for each, registered here."""

from collections.abc import Mapping

from app.kernel.said import Said, said

_WORDS = (
    *(said("facilitator"), said("legal contact"), said("voter"), said("signatory")),
    *(said("observer"), said("member"), said("party")),
    *(said("drafting"), said("consultation"), said("voting"), said("consolidation")),
    *(said("published"), said("adoption"), said("adopted"), said("signing"), said("in force")),
    *(said("terminated"), said("abandoned"), said("draft"), said("checked"), said("proposed")),
    *(said("accepted"), said("rejected"), said("withdrawn"), said("fallen"), said("obsolete")),
    *(said("requested"), said("signed"), said("declined"), said("void"), said("received")),
    *(said("counted"), said("doubtful"), said("refused"), said("accepted in part")),
    *(said("duplicate of"), said("out of scope"), said("noted"), said("deferred")),
    *(said("carried"), said("lost"), said("inquorate"), said("yes"), said("no")),
    *(said("abstain"), said("question"), said("concern"), said("editorial"), said("support")),
    *(said("amendment"), said("comment"), said("clean"), said("attention"), said("falls")),
    *(said("same"), said("moved"), said("text changed"), said("clause gone"), said("open")),
    *(said("closed"), said("resolved"), said("answered"), said("superseded")),
    *(said("new"), said("reworded"), said("deleted")),
    *(said("not adopted"), said("execution"), said("article"), said("plain"), said("decimal")),
)
_CAPITAL = (
    *(said("Question"), said("Concern"), said("Editorial"), said("Support"), said("Amendment")),
    *(said("Comment"), said("Draft"), said("Facilitator"), said("Legal contact"), said("Voter")),
    *(said("Signatory"), said("Observer"), said("Party"), said("Yes"), said("No")),
    *(said("Abstain"), said("Accepted"), said("Rejected"), said("Withdrawn"), said("Fallen")),
    *(said("Obsolete"), said("Proposed"), said("Article"), said("Plain"), said("Decimal")),
    *(said("None of these"), said("none of these"), said("voted"), said("against")),
)

WORDS: Mapping[str, Said] = {word: word for word in (*_WORDS, *_CAPITAL)}


def named(word: object, *, capital: bool = False) -> str:
    """A state, a role or a kind as people read it: `legal_contact` is "legal contact"."""
    plain = str(word).replace("_", " ").replace(":", " ")
    if capital:
        plain = plain[:1].upper() + plain[1:]
    return WORDS.get(plain, plain)

"""What the head of an agreement says of its size: parties, countries, clauses, template."""

from typing import Any

from app.kernel.said import Said, counted, said, strung


def facts_of(agreement: Any, counts: Any, noun: str) -> Said:
    """The size of an agreement, its parties by what they are called here, and its template."""
    facts = [_parties(counts, noun)]
    if counts.version:
        facts.append(
            counted(counts.clauses, "{n} clause", "{n} clauses")
            if counts.clauses
            else said("no clauses")
        )
    if agreement.template_slug:
        name = agreement.template_slug.replace("-", " ").capitalize()
        facts.append(
            said(
                "from template {name} {template_version}",
                name=name,
                template_version=agreement.template_version,
            )
        )
    return said(" · {facts}", facts=strung(facts, " · "))


def _parties(counts: Any, noun: str) -> Said:
    number = counts.parties
    if not number:
        return _NONE_YET.get(noun) or said("no {noun} yet", noun=called(noun)[1])
    if noun == "hub":
        who = counted(number, "{n} hub", "{n} hubs")
    elif noun == "organisation":
        who = counted(number, "{n} organisation", "{n} organisations")
    else:
        who = strung((str(number), called(noun)[number != 1]))
    if not counts.countries:
        return said("{who} in no country", who=who)
    return counted(counts.countries, "{who} in {n} country", "{who} in {n} countries", who=who)


def called(noun: str) -> tuple[str, str]:
    """What one organisation is called here, and what several are."""
    return _NOUNS.get(noun) or (noun, f"{noun}s")


_NOUNS = {
    "hub": (said("hub"), said("hubs")),
    "organisation": (said("organisation"), said("organisations")),
}
_NONE_YET = {"hub": said("no hubs yet"), "organisation": said("no organisations yet")}
"""An installation may have another noun; that is shown as it was given."""

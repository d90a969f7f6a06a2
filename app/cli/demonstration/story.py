"""The whole story of the demonstration network, act by act, in the order of time."""

from collections.abc import Iterator
from datetime import date

from app.cli.demonstration import material
from app.cli.demonstration.calendar import Act, Calendar
from app.cli.demonstration.consulting import Consultation
from app.cli.demonstration.deal import Deal
from app.cli.demonstration.deciding import Decision
from app.cli.demonstration.network import Network
from app.cli.demonstration.signing import Signing
from app.kernel import clock

ROUND = (-75, -45)
"""The days on which the round on the framework opens and closes."""

SIGNED = 25
"""So many have signed the framework when the story ends; the last act makes the last of them."""


def make(today: date) -> None:
    """Let everything happen, each act at its moment; nothing passes beside the gate."""
    for act in acts(Network(material.cast(), Calendar(today))):
        with clock.at(act.at):
            act.do()


def acts(network: Network) -> list[Act]:
    """All acts of all agreements in the order of time; the last was yesterday."""
    framework = Deal(network, "framework")
    told = (
        *network.founding(),
        *_framework(framework),
        *_voted_on(Deal(network, "joint_service"), framework),
        *_discussed(Deal(network, "new_service"), framework),
        *_consolidated(Deal(network, "port_logistics"), framework),
        *Deal(network, "matchmaking").starting(-4, framework),
        *Deal(network, "baltic").starting(-5),
        *network.catching_up(-6),
    )
    return sorted(told, key=lambda act: act.at)


def _framework(deal: Deal) -> Iterator[Act]:
    """A month of consultation, ballots, a second version, adopted, 25 of 30 signatures."""
    told, at = material.round_material("framework"), deal.network.calendar.at
    opens, closes = ROUND
    yield from deal.starting(-100)
    question = "Can your organisation sign this text, and if not, what would have to change?"
    yield deal.opening(at(opens, 9), at(closes, 18), question)
    yield from Consultation(deal, told, opens, closes, closes).acts()
    decision = Decision(deal, told)
    decisive = [one for one in told.questions if one.amendments]
    yield Act(at(closes + 1, 9), decision.begin_voting)
    yield from decision.asking(opens, decisive)
    yield from decision.consolidating(-33, 6)
    yield decision.publishing(-26, "The text after the first round and its ballots.")
    adoption = [one for one in told.questions if not one.amendments]
    yield from decision.asking(opens, adoption)
    yield from Signing(deal, signed=SIGNED).acts(-16)


def _voted_on(deal: Deal, framework: Deal) -> Iterator[Act]:
    """A joint service whose round is over; two ballots are open for three more days."""
    told, at = material.round_material(deal.story), deal.network.calendar.at
    opens, closes = -30, -6
    yield from deal.starting(-34, framework)
    question = "Is every part, every date and every share as you have planned it?"
    yield deal.opening(at(opens, 9), at(closes, 18), question)
    yield from Consultation(deal, told, opens, closes, closes).acts()
    decision = Decision(deal, told)
    yield Act(at(closes + 1, 9), decision.begin_voting)
    yield from decision.asking(opens, told.questions)


def _discussed(deal: Deal, framework: Deal) -> Iterator[Act]:
    """A new service in an open round, which closes in eight days."""
    told, at = material.round_material(deal.story), deal.network.calendar.at
    opens, closes = -13, 8
    yield from deal.starting(-18, framework)
    question = "Can you develop and deliver the assessment on these terms?"
    yield deal.opening(at(opens, 9), at(closes, 18), question)
    yield from Consultation(deal, told, opens, closes, -1).acts()


def _consolidated(deal: Deal, framework: Deal) -> Iterator[Act]:
    """A matchmaking agreement of six ports: ballots are counted, the desk is half empty."""
    told, at = material.round_material(deal.story), deal.network.calendar.at
    opens, closes = -34, -14
    yield from deal.starting(-40, framework)
    question = "Would your hub send its best client through this agreement?"
    yield deal.opening(at(opens, 9), at(closes, 18), question)
    yield from Consultation(deal, told, opens, closes, closes).acts()
    decision = Decision(deal, told)
    yield Act(at(closes + 1, 9), decision.begin_voting)
    yield from decision.asking(opens, told.questions)
    yield from decision.consolidating(-6.9, 5)
    yield from decision.arranging(-5)

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


def make(today: date) -> None:
    """Let everything happen, each act at its moment; nothing passes beside the gate."""
    network = Network(material.cast(), Calendar(today))
    acts = [*network.founding(), *_framework(network)]
    for act in sorted(acts, key=lambda act: act.at):
        with clock.at(act.at):
            act.do()


def _framework(network: Network) -> Iterator[Act]:
    deal, told = Deal(network, "framework"), material.round_material("framework")
    opens, closes = ROUND
    at = network.calendar.at
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
    yield from Signing(deal, signed=25).acts(-16)

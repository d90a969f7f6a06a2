"""The people of the demonstration network: everybody joins through the gate, on the record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from app.access.actor import Actor, Role
from app.actions import agreements as deals
from app.actions import notices, people
from app.actions.founding import found_network
from app.actions.visits import note_visit
from app.cli.demonstration.calendar import Act, Calendar
from app.cli.demonstration.material import Cast, Hub
from app.domain.generated import Party
from app.domain.slugs import slug_of
from app.kernel import clock
from app.queries import visits
from app.queries.reading import session

if TYPE_CHECKING:
    from app.models.agreements import Agreement, Participant
    from app.models.people import Organisation, User
    from app.models.workspace import Workspace

FACILITATING = "ROS"
"""The organisation that runs the network and takes part as an observer."""


@dataclass
class Network:
    """Who there is, by sign: organisations, the person who speaks for each, and its director."""

    cast: Cast
    calendar: Calendar
    workspace: "Workspace" = field(init=False)
    operator: Actor = field(init=False)
    organisations: dict[str, "Organisation"] = field(default_factory=dict)
    contacts: dict[str, Actor] = field(default_factory=dict)
    directors: dict[str, Actor] = field(default_factory=dict)
    people: list["User"] = field(default_factory=list)

    @property
    def facilitator(self) -> Actor:
        """Sofie Maes, who facilitates every agreement here."""
        return self.contacts[FACILITATING]

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs of all hubs, in the order in which they joined."""
        return tuple(hub.code for hub in self.cast.hubs)

    def founding(self) -> Iterator[Act]:
        """The acts by which the network comes to be, three months and more before today."""
        yield Act(self.calendar.at(-125, 9), self._found)
        for place, hub in enumerate((*self.cast.observers, *self.cast.hubs)):
            yield Act(self.calendar.at(-124, 9, place), partial(self._add, hub))
            yield Act(self.calendar.at(-120 + place % 14, 10, place), partial(self._describe, hub))

    def _found(self) -> None:
        name, email = self.cast.operator
        self.workspace, user = found_network(
            name=self.cast.network, noun=self.cast.noun, operator=name, email=email
        )
        self.operator = _acting(user)

    def _add(self, hub: Hub) -> None:
        self.organisations[hub.code] = organisation = people.add_organisation(
            self.operator,
            self.workspace,
            name=hub.name,
            code=hub.code,
            country=hub.country,
            city=hub.city,
        )
        self.contacts[hub.code] = self._join(organisation, hub.contact, administers=True)
        self.directors[hub.code] = self._join(organisation, hub.director, administers=False)

    def _join(self, organisation: "Organisation", name: str, *, administers: bool) -> Actor:
        user = people.add_person(
            self.operator,
            organisation,
            name=name,
            email=f"{_mailbox(name)}@{organisation.code.lower()}.example",
            is_administrator=administers,
        )
        self.people.append(user)
        return _acting(user)

    def catching_up(self, day: float) -> Iterator[Act]:
        """Everybody comes to Home and reads what they were told so far."""
        return iter([Act(self.calendar.at(day, 17), self._read_all)])

    def _read_all(self) -> None:
        for user in self.people:
            notices.mark_all_read(_acting(user), user)
            seen = visits.current_visit(session(), user.id, clock.utcnow()).now
            note_visit(_acting(user), user, seen=seen)

    def _describe(self, hub: Hub) -> None:
        organisation = self.organisations[hub.code]
        people.edit_organisation(
            self.contacts[hub.code],
            organisation,
            details=party(hub),
            country=hub.country,
            city=hub.city,
            seen=organisation.row_version,
        )

    def seat(
        self, agreement: "Agreement", sign: str, *, kind: str = "party", role: str = ""
    ) -> "Participant":
        """Let an organisation take part with its people in their seats."""
        participant = deals.add_participant(
            self.facilitator,
            agreement,
            organisation=self.organisations[sign],
            kind=kind,
            role=role,
        )
        for actor, seat in self._seats(sign, kind):
            if actor.user_id is not None:
                deals.give_seat(self.facilitator, participant, user_id=actor.user_id, role=seat)
        return participant

    def _seats(self, sign: str, kind: str) -> Sequence[tuple[Actor, Role]]:
        contact, director = self.contacts[sign], self.directors[sign]
        if kind == "observer":
            return [(contact, Role.OBSERVER)] if sign != FACILITATING else []
        return [
            (contact, Role.LEGAL_CONTACT),
            (contact, Role.VOTER),
            (director, Role.VOTER),
            (director, Role.SIGNATORY),
        ]


def party(hub: Hub) -> Party:
    """A hub as a table of parties names it."""
    return Party(
        code=hub.code,
        name=hub.name,
        legal_form=hub.legal_form,
        seat=hub.seat,
        register_number=hub.register_number,
        representative=hub.director,
        capacity=hub.capacity,
    )


def _acting(user: "User") -> Actor:
    """Somebody as the gate takes them: it reads afresh where they stand."""
    return Actor(user.id, user.name)


def _mailbox(name: str) -> str:
    words = [word for word in name.split() if not word.endswith(".") and word != "DI"]
    return ".".join(slug_of(word) for word in words)

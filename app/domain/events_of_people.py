"""People and agreements: who joins what, and how an agreement begins and ends."""

from dataclasses import dataclass

from app.domain.event import Event


@dataclass(frozen=True)
class NetworkFounded(Event):
    tag = "workspace:founded"
    about = "network"
    name: str


@dataclass(frozen=True)
class OrganisationAdded(Event):
    tag = "organisation:added"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class OrganisationChanged(Event):
    tag = "organisation:changed"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class PersonInvited(Event):
    tag = "person:invited"
    about = "organisation"
    organisation: str
    role: str


@dataclass(frozen=True)
class InvitationRevoked(Event):
    tag = "person:invitation_revoked"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class PersonJoined(Event):
    tag = "person:joined"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class PersonAdded(Event):
    tag = "person:added"
    about = "organisation"
    organisation: str
    person: str


@dataclass(frozen=True)
class PersonRemoved(Event):
    tag = "person:removed"
    about = "organisation"
    organisation: str
    person: str


@dataclass(frozen=True)
class AccountChanged(Event):
    tag = "account:changed"
    about = "account"
    person: str


@dataclass(frozen=True)
class AgreementStarted(Event):
    tag = "agreement:started"
    title: str
    template: str


@dataclass(frozen=True)
class AgreementImported(Event):
    tag = "agreement:imported"
    title: str
    file: str
    sha256: str
    unmapped: int


@dataclass(frozen=True)
class ParticipantAdded(Event):
    tag = "participant:added"
    organisation: str
    kind: str


@dataclass(frozen=True)
class ParticipantLeft(Event):
    tag = "participant:left"
    organisation: str


@dataclass(frozen=True)
class SeatGiven(Event):
    tag = "seat:given"
    organisation: str
    role: str
    person: str


@dataclass(frozen=True)
class SeatTaken(Event):
    tag = "seat:taken"
    organisation: str
    role: str
    person: str


@dataclass(frozen=True)
class AgreementAbandoned(Event):
    tag = "agreement:abandoned"


@dataclass(frozen=True)
class AgreementTerminated(Event):
    tag = "agreement:terminated"

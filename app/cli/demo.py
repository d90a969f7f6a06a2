"""`concordat demo`: the demonstration network, made once, and served."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping

from app.actions import upkeep
from app.cli import server
from app.cli.demonstration import material, story
from app.kernel import clock
from app.kernel.errors import Conflict
from app.queries import demonstration
from app.queries.reading import session


def demo(arguments: list[str]) -> int:
    """Make the demonstration network where there is none, and serve it.

    `concordat demo [--no-serve] [--host H] [--port N]`.
    """
    parser = argparse.ArgumentParser(prog="concordat demo", description=demo.__doc__)
    parser.add_argument(
        "--no-serve", action="store_true", help="only make it, and print its counts"
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=5000, help="at which port (5000)")
    asked = parser.parse_args(arguments)
    for warning in upkeep.bring_up_to_date():
        print(warning, file=sys.stderr)
    make()
    if asked.no_serve:
        print(json.dumps(demonstration.counts(session())))
        return 0
    return server.run(["--host", asked.host, "--port", str(asked.port)])


def make() -> None:
    """Make the network, unless it is there.

    Conflict where the database holds another one, or one whose making was broken off.
    """
    name, wanted = demonstration.name_of_network(session()), material.cast().network
    if name is None:
        print("making the demonstration network", file=sys.stderr)
        story.make(clock.utcnow().date())
    elif name != wanted:
        raise Conflict(
            "This database holds {name}. Name an empty one in CONCORDAT_DATABASE_URL.", name=name
        )
    elif demonstration.counts(session())["signed"] < story.SIGNED:
        raise Conflict(
            "The making of this demonstration network was broken off. Empty the database, "
            "then begin again."
        )


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"demo": demo}

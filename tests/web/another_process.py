"""Another process of the same installation: `python -m tests.web.another_process` posts a comment.

URL SLUG PERSON MOMENT TEXT
"""

import sys
import tempfile
import uuid
from datetime import datetime
from pathlib import Path

from app.actions import comments
from app.factory import create_app
from app.kernel import clock
from app.models.base import db
from app.queries.people import actor_of
from app.queries.rounds import round_for_writing
from app.settings import Settings


def main() -> None:
    """Post it as that person, at that moment, in the latest round."""
    url, slug, person, moment, words = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None, instance_folder=Path(folder), database_url=url, secret_key="s" * 40
        )
        with create_app(settings).app_context(), clock.at(datetime.fromisoformat(moment)):
            actor = actor_of(db.session(), uuid.UUID(person))
            comments.start_thread(
                actor, round_for_writing(actor, slug), text=words, kind="question"
            )


if __name__ == "__main__":
    main()

"""Who is calling: sign-in through Flask-Security, and nothing open that isn't named here.

Only this file knows Flask-Security.
"""

import logging
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_security import (
    MailUtil,
    PasswordUtil,
    RoleMixin,
    Security,
    UserDatastore,
    UserMixin,
    current_user,
    login_user,
    user_authenticated,
)
from flask_security import hash_password as hash_with_argon2
from itsdangerous import BadSignature
from werkzeug.wrappers import Response

from app.access.actor import ANYONE, Actor
from app.actions.accounts import AccountDatastore
from app.http import passes
from app.http import sign_in as sign_in_rules
from app.kernel import clock
from app.kernel.errors import Invalid, NotFound
from app.kernel.said import said
from app.queries import people, reading, word_passes
from app.queries.word_passes import Holder

PUBLIC = frozenset(
    {
        "static",
        "static_kept",
        "guide.show",
        "health.alive",
        "health.ready",
        "security.login",
        "security.logout",
        "security.forgot_password",
        "security.reset_password",
        "people.join",
        "word_pass.show",
        "word_pass.copy",
        "word_pass.answers",
        "word_pass.back",
        "word_pass.enter",
        "word_pass.leave",
        "demo.who_is_who",
        "demo.sign_in",
    }
)
"""The endpoints that anyone may call; all others ask for a sign-in."""

BY_PASS = frozenset(
    {
        "word_returns.choose",
        "word_returns.preview",
        "word_returns.confirm",
        "word_returns.discard",
    }
)
"""Those that a pass opens too: bringing back the copy it was written for."""

_HELD = "word_pass"
_HELD_FOR = timedelta(hours=12)
"""For how long a browser goes where a pass leads before its holder opens the link again."""

_log = logging.getLogger("concordat.accounts")


class _Kept:
    """An attribute of the row; a new value waits on the account until the datastore commits."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, account: Any, owner: type) -> Any:
        if account is None:
            return self
        return account.changes.get(self.name, getattr(account.row, self.name))

    def __set__(self, account: Any, value: Any) -> None:
        account.changes[self.name] = value


class Account(UserMixin):
    """A person's row as Flask-Security wants to see it."""

    id: Any = _Kept()
    email: Any = _Kept()
    password: Any = _Kept()
    active: Any = _Kept()
    fs_uniquifier: Any = _Kept()
    language: Any = _Kept()
    roles: Any = ()

    def __init__(self, row: Any, actor: Actor | None = None) -> None:
        self.row = row
        self.actor = actor
        self.changes: dict[str, Any] = {}


class _Datastore(AccountDatastore, UserDatastore):
    def __init__(self) -> None:
        UserDatastore.__init__(self, Account, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **by: Any) -> Account | None:
        attribute, value = by.popitem()
        if attribute == "fs_uniquifier":
            found = people.signed_in(reading.session(), str(value))
            return Account(*found) if found is not None else None
        row = self.find(attribute, str(value), ignore_case=case_insensitive)
        return Account(row) if row is not None else None

    def find_role(self, role: str) -> None:  # noqa: ARG002 - Flask-Security asks like this
        return None


class _Passwords(PasswordUtil):
    def validate(
        self, password: str, is_register: bool, **about: Any
    ) -> tuple[list[str] | None, str]:
        complaints, words = super().validate(password, is_register, **about)
        if complaints is None and is_guessable(words, _words_about(about.get("user"))):
            complaints = [_GUESSABLE]
        return complaints, words


class _Mails(MailUtil):
    def send_mail(self, *arguments: Any, **context: Any) -> None:
        try:
            super().send_mail(*arguments, **context)
        except OSError:
            # smtplib's errors too; the page must not tell whether there was a mail to send.
            _log.exception("A mail about an account could not be sent.")


_GUESSABLE = said(
    "This password is easy to guess. Take several words that have nothing to do with you."
)


def is_guessable(password: str, about: Sequence[str] = ()) -> bool:
    """Whether a password is made of few signs, or of a word everybody would try."""
    folded = password.casefold()
    tried = {"concordat", "password", "passwort", "qwerty", "azerty", *filter(None, about)}
    left = folded
    for word in tried:
        left = left.replace(word.casefold(), "")
    return len(set(folded)) < 6 or len(left) < 6


def _words_about(account: Any) -> tuple[str, ...]:
    if account is None:
        return ()
    return (*str(account.email).split("@"), *str(account.row.name).split())


def init_app(app: Flask) -> None:
    """Let people sign in, and close every endpoint that `PUBLIC` doesn't name."""
    app.config.update(sign_in_rules.settings())
    Security(app, _Datastore(), password_util_cls=_Passwords, mail_util_cls=_Mails)
    app.before_request(_require_sign_in)
    user_authenticated.connect(_put_pass_away, app)


def _require_sign_in() -> Response | None:
    if request.endpoint == "security.logout":
        leave_pass()
    if request.endpoint is None or request.endpoint in PUBLIC or is_signed_in():
        return None
    if current_actor() is not ANYONE:
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("security.login", next=wanted if wanted != "/" else None))


def is_signed_in() -> bool:
    """Whether a person with an account is calling."""
    return bool(current_user and current_user.is_authenticated)


def is_known() -> bool:
    """Whether it is known who calls: by an account, or by a pass where passes lead."""
    return is_signed_in() or (request.endpoint in BY_PASS and current_actor() is not ANYONE)


def current_actor() -> Actor:
    """Who is calling, with everything they stand for; ANYONE before they signed in.

    Whoever came by a pass stands in its agreement only, and only where passes lead.
    """
    if "actor" not in g:
        g.actor = _person_signed_in() if is_signed_in() else _holder_of_pass()
    actor: Actor = g.actor
    return actor


def _person_signed_in() -> Actor:
    known: Actor | None = current_user.actor
    return known or people.actor_of(reading.session(), current_user.row.id)


def _holder_of_pass() -> Actor:
    held = holder()
    return held.actor if held is not None else ANYONE


def holder() -> Holder | None:
    """For whom the caller acts by a pass; None for who signed in, and where no pass leads."""
    if is_signed_in() or request.endpoint not in BY_PASS or not held_pass():
        return None
    try:
        given = passes.read(held_pass())
        found = word_passes.holder_of(reading.session(), given.seat_id, given.version)
    except NotFound:
        return None
    return found if found.is_latest else None


def held_pass() -> str:
    """The pass that this browser came by, "" for none."""
    token, since = session.get(_HELD, ("", 0))
    stays = clock.utcnow() < datetime.fromtimestamp(since, UTC) + _HELD_FOR
    return str(token) if stays else ""


def come_by_pass(token: str) -> None:
    """Let the holder of a pass go where passes lead, for some hours or until they leave or sign in.

    Call it only for a form that says whose pass it is: else anybody's page could make a visitor act
    for somebody without knowing it.
    """
    session[_HELD] = (token, int(clock.utcnow().timestamp()))


def leave_pass() -> None:
    """Forget the pass that this browser came by."""
    session.pop(_HELD, None)


def _put_pass_away(_: Flask, **__: Any) -> None:
    """Whoever signs in acts as themselves from then on."""
    leave_pass()


def current_person() -> Any:
    """The row of the person who is calling; None before they signed in."""
    return current_user.row if is_signed_in() else None


def session_ends() -> datetime | None:
    """When the session of who is calling ends; None where they have none."""
    cookie = request.cookies.get(current_app.config["SESSION_COOKIE_NAME"], "")
    signer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
    try:
        _, since = signer.loads(cookie, return_timestamp=True)
    except BadSignature:
        return None
    age = timedelta(seconds=signer.make_signer().get_timestamp() - since.timestamp())
    return clock.utcnow() + current_app.permanent_session_lifetime - age


def sign_in(person: Any) -> None:
    """Sign in the person of this row, without asking for a password."""
    session.clear()
    session.permanent = True
    g.pop("actor", None)
    login_user(Account(person), remember=False, authn_via=["link"])


def end_all_sessions() -> None:
    """Sign the person who is calling out everywhere but here."""
    datastore = current_app.extensions["security"].datastore
    account = Account(current_user.row)
    datastore.set_uniquifier(account)
    datastore.commit()
    sign_in(account.row)


def choose_language(code: str) -> None:
    """Keep the language that the person who is calling wants; "" for the browser's."""
    datastore = current_app.extensions["security"].datastore
    account = Account(current_user.row)
    account.language = code
    datastore.put(account)
    datastore.commit()


def hash_password(password: str, *about: str) -> str:
    """The argon2id hash of a new password; takes 0.2 s, so never call it in an action.

    Invalid (field `password`) if it is too short, too long or easy to guess; `about` are the
    person's own words, such as name and address.
    """
    words = unicodedata.normalize("NFKD", password)
    least = current_app.config["SECURITY_PASSWORD_LENGTH_MIN"]
    if not least <= len(words) <= _LONGEST:
        sentence = said("A password has {least} to {most} characters.")
        raise Invalid(sentence, field="password", least=least, most=_LONGEST)
    if is_guessable(words, about):
        raise Invalid(_GUESSABLE, field="password")
    hashed: str = hash_with_argon2(words)
    return hashed


_LONGEST = 128

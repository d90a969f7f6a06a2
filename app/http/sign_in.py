"""How people sign in: addresses, rules and sentences, in the names Flask-Security reads them by."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.kernel.said import said

_CHANGED = said("Your password for Concordat was changed")

RULES: Mapping[str, Any] = {
    # Its sentences stand in our own catalogues.
    "I18N_DOMAIN": "messages",
    "I18N_DIRNAME": [str(Path(__file__).resolve().parent.parent / "translations")],
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "RESET_URL": "/account/reset",
    "CHANGE_URL": "/account/password",
    "VERIFY_URL": "/account/verify",
    "POST_CHANGE_VIEW": "/account",
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "REGISTERABLE": False,
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "RETURN_GENERIC_RESPONSES": True,
    "API_ENABLED_METHODS": ["session"],
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "EMAIL_HTML": False,
    "EMAIL_SUBJECT_PASSWORD_RESET": said("Choose a new password for Concordat"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": _CHANGED,
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _CHANGED,
    "PASSWORD_LENGTH_MIN": 12,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "DEPRECATED_PASSWORD_SCHEMES": [],
    # Plain argon2id: a database restored beside another secret key keeps its passwords.
    "PASSWORD_SINGLE_HASH": True,
    # headers.py says it for every page.
    "CACHE_CONTROL": None,
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
}

SENTENCES: Mapping[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        said("This address and this password don't belong together."),
        "error",
    ),
    "GENERIC_RECOVERY": (
        said("If somebody here has this address, a link is on its way to it."),
        "info",
    ),
    "RETYPE_PASSWORD_MISMATCH": (
        said("The two passwords differ. Type the new one twice."),
        "error",
    ),
    "PASSWORD_RESET_EXPIRED": (
        said("This link was older than %(within)s. A new one is on its way to %(email)s."),
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        said("This link was used already or is cut short. Ask for a new one."),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (said("Give the address you were invited with."), "error"),
    "INVALID_EMAIL_ADDRESS": (said("Give an address like claire@example.org."), "error"),
    "PASSWORD_NOT_PROVIDED": (said("Give a password."), "error"),
    "PASSWORD_INVALID_LENGTH": (said("A password has %(length)s to 128 characters."), "error"),
    "INVALID_PASSWORD": (said("This isn't your present password."), "error"),
    "PASSWORD_RESET_NO_LOGIN": (said("Your password is changed. Sign in with it."), "success"),
    "PASSWORD_IS_THE_SAME": (said("The new password is the present one. Take another."), "error"),
    "PASSWORD_CHANGE": (
        said("Your password is changed. Everywhere else you are signed out."),
        "success",
    ),
}


def settings() -> dict[str, Any]:
    """All of it, as Flask's configuration."""
    return {
        **{f"SECURITY_{name}": value for name, value in RULES.items()},
        **{f"SECURITY_MSG_{name}": words for name, words in SENTENCES.items()},
    }

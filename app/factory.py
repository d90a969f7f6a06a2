"""Puts the house together: the only one that knows everybody."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_mailman import Mail
from werkzeug.middleware.proxy_fix import ProxyFix

from app import web
from app.http import assets, auth, converters, csrf, headers, languages, limits
from app.models import engines
from app.models.base import db
from app.settings import Settings
from app.web import errors, frame, rendering, unchanged

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Without settings they are read from the environment.

    pydantic's ValidationError if a setting can't be used.
    """
    settings = settings or Settings()
    app = Flask(
        "concordat",
        root_path=str(ROOT / "app"),
        instance_path=str(settings.instance_folder.resolve()),
        template_folder="web/templates",
        static_folder=str(ROOT / "static"),
        static_url_path="/static",
    )
    app.config.update(_general(settings), **_sessions(settings), **_mail(settings))
    _furnish(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def _furnish(app: Flask) -> None:
    """Bring in extensions, doors and error pages, in the order in which they guard a request."""
    app.jinja_environment = rendering.Templates
    converters.init_app(app)
    assets.init_app(app)
    db.init_app(app)
    with app.app_context():
        engines.prepare(db.engine)
    Mail(app)
    unchanged.init_app(app)
    headers.init_app(app)
    limits.init_app(app)
    csrf.init_app(app)
    languages.init_app(app)
    auth.init_app(app)
    rendering.init_app(app)
    frame.init_app(app)
    errors.init_app(app)
    for door in web.DOORS:
        app.register_blueprint(door)
    if app.config["DEMONSTRATION"]:
        for door in web.DEMONSTRATION_DOORS:
            app.register_blueprint(door)
    limits.guard(app)


def _general(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret(),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "SQLALCHEMY_ENGINE_OPTIONS": engines.engine_options(settings.database),
        "BASE_URL": settings.base_url,
        "TRUSTED_HOSTS": list(settings.hosts),
        "PREFERRED_URL_SCHEME": "https" if settings.is_https else "http",
        "DEMONSTRATION": settings.demonstration,
        "TIME_ZONE": settings.time_zone,
        "THREADS": settings.threads,
        "PRESENCE": settings.presence,
        "KEPT_DAYS": settings.kept_days,
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2_000,
        "RATELIMIT_ENABLED": settings.throttle,
    }


def _sessions(settings: Settings) -> dict[str, Any]:
    """Cookies: over https only there, and then bound to this host by the name's prefix."""
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if settings.is_https else "session",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "SESSION_REFRESH_EACH_REQUEST": False,
    }


def _mail(settings: Settings) -> dict[str, Any]:
    """Mail goes to the SMTP server, or becomes files in a folder."""
    folder = settings.mails
    if not settings.mail_server:
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "MAIL_BACKEND": "smtp" if settings.mail_server else "file",
        "MAIL_FILE_PATH": str(folder),
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": settings.mail_port,
        "MAIL_USE_TLS": settings.mail_starttls,
        "MAIL_USERNAME": settings.mail_username or None,
        "MAIL_PASSWORD": settings.mail_secret(),
        "MAIL_DEFAULT_SENDER": settings.mail_sender,
        "MAIL_TIMEOUT": 10,
        "MAIL_INBOUND": settings.mail_inbound,
        "MAIL_ATTACHMENT_BYTES": settings.mail_attachment_megabytes * 1024 * 1024,
    }

"""What a WSGI server imports: `waitress-serve wsgi:app`, `gunicorn wsgi:app`."""

from app.factory import create_app

app = create_app()

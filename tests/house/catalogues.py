"""Catalogues: all messages of the source, brought to every language and compiled.

python -m tests.house.catalogues [LANGUAGE…] adds the languages named and brings all of them up to
date. What is written depends on the source only: no dates, no line numbers, nothing obsolete.
"""

import ast
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from tests.house.source import ROOT

TRANSLATIONS = ROOT / "app" / "translations"
COMMANDS = ROOT / "app" / "cli"
"""What is said at a terminal stays English; only mails are told, by what the ledger says."""
SCRIPTS = ROOT / "static" / "src"
WORDS = SCRIPTS / "words"
SINGLE = {"_", "gettext", "lazy_gettext", "said"}
COUNTED = {"ngettext": 0, "counted": 1, "lazy_ngettext": 0, "_several": 2}
"""Functions of a message and its plural, with how many arguments come before the two."""
REFUSALS = {"otherwise", "NotFound", "NotAllowed", "WrongMoment", "Conflict", "Invalid"}
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

Words = str | tuple[str, str]


def messages() -> Catalog:
    """Every message of the source, with the files it stands in.

    ValueError where one has two plurals: a catalogue finds both by the singular.
    """
    catalog = Catalog(charset="utf-8", fuzzy=False)
    plurals: dict[str, str] = {}
    for place, message in sorted(_found(), key=lambda one: (one[0], str(one[1]))):
        if isinstance(message, tuple) and plurals.setdefault(*message) != message[1]:
            raise ValueError(f"{place}: “{message[0]}” has another plural elsewhere.")
        catalog.add(message, locations=[(place, 0)])
    return catalog


def _found() -> Iterator[tuple[str, Words]]:
    for file in sorted((ROOT / "app").rglob("*.py")):
        if COMMANDS in file.parents:
            continue
        for message in of_python(file.read_text(encoding="utf-8")):
            yield _name(file), message
    templates = ROOT / "app" / "web" / "templates"
    for file in sorted(one for one in templates.rglob("*") if one.suffix in {".html", ".txt"}):
        for message in of_template(file):
            yield _name(file), message
    for file in sorted(SCRIPTS.rglob("*.js")):
        if WORDS not in file.parents:
            for message in of_script(file):
                yield _name(file), message


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def of_python(source: str) -> list[Words]:
    """The messages of a module: the words given to what translates, or to a refusal."""
    tree = ast.parse(source)
    constants = _constants(tree)
    found: list[Words] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in SINGLE | REFUSALS and node.args:
            found += _words(node.args[0], constants)
        elif name in COUNTED and len(node.args) > COUNTED[name] + 1:
            one, many = node.args[COUNTED[name] : COUNTED[name] + 2]
            found += zip(_words(one, constants), _words(many, constants), strict=True)
    return [message for message in found if _has_words(message)]


def _has_words(message: Words) -> bool:
    """Whether there are words or quotation marks beside the places for parameters."""
    words = message if isinstance(message, str) else "".join(message)
    left = re.sub(r"\{\w*\}|%\(\w+\)s", "", words)
    return any(sign.isalpha() or sign in "“”" for sign in left)


def _constants(tree: ast.Module) -> Mapping[str, list[ast.expr]]:
    """Everything a name is set to, wherever that is."""
    held: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in _assigned(target, node.value):
                    held.setdefault(name, []).append(value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            held.setdefault(node.target.id, []).append(node.value)
    return held


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, its)


def _words(node: ast.expr, constants: Mapping[str, list[ast.expr]], depth: int = 3) -> list[str]:
    """What an expression may say: a text, either side of a choice, any value of a name or table."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if not depth:
        return []
    parts: Iterable[ast.expr] = ()
    if isinstance(node, ast.IfExp):
        parts = (node.body, node.orelse)
    elif isinstance(node, ast.Name):
        parts = constants.get(node.id, ())
    elif isinstance(node, ast.Subscript):
        parts = (node.value,)
    elif isinstance(node, ast.Dict):
        parts = node.values
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get":
        parts = (node.func.value, *node.args[1:])  # type: ignore[attr-defined]
    return [word for part in parts for word in _words(part, constants, depth - 1)]


def of_template(file: Path) -> list[Words]:
    """The messages of a template."""
    options = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
    with file.open("rb") as opened:
        found = babel_extract(opened, ("_", "gettext", "ngettext"), (), options)
        return [_message(words) for _, _, words, _ in found if words]


def _message(words: object) -> Words:
    if isinstance(words, str):
        return words
    texts = [word for word in words if isinstance(word, str)]  # type: ignore[attr-defined]
    return texts[0] if len(texts) == 1 else (texts[0], texts[1])


def of_script(file: Path) -> list[Words]:
    """The messages of a script."""
    with file.open("rb") as opened:
        found = extract("javascript", opened, keywords={"_": None, "ngettext": (1, 2)})
        return [message for _, message, _, _ in found]


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is kept."""
    with _file(language).open("rb") as opened:
        return read_po(opened, locale=language)


def languages() -> Sequence[str]:
    """The languages there are beside English."""
    return sorted(folder.parent.name for folder in TRANSLATIONS.glob("*/LC_MESSAGES"))


def updated(language: str, found: Catalog) -> Catalog:
    """A language's catalogue with exactly the messages found, and what it says of them."""
    kept = catalogue(language) if _file(language).exists() else Catalog()
    fresh = Catalog(
        locale=language, charset="utf-8", creation_date=_EPOCH, revision_date=_EPOCH, fuzzy=False
    )
    for message in found:
        if not message.id:
            continue
        before = kept.get(message.id[0] if message.pluralizable else message.id)
        said = before.string if before and before.pluralizable == message.pluralizable else None
        flags = (before.flags if before else set()) & {"fuzzy"}
        fresh.add(message.id, said, locations=message.locations, flags=flags)
    return fresh


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as translators edit it."""
    out = io.BytesIO()
    head = _HEADER.format(language=catalog.locale, plurals=catalog.plural_forms)
    out.write(head.encode())
    write_po(out, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue as the program reads it: what is translated, the same bytes at any time."""
    told = Catalog(locale=catalog.locale, creation_date=_EPOCH, revision_date=_EPOCH, fuzzy=False)
    for message in catalog:
        if message.id and is_translated(message):
            told.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, told)
    return out.getvalue()


def is_translated(message: Message) -> bool:
    """Whether a message has its words, in every form."""
    forms = message.string if message.pluralizable else (message.string,)
    return bool(forms) and all(forms) and not message.fuzzy


def as_script(catalog: Catalog) -> bytes:
    """What scripts say, in a language: the words of a page set before its scripts run."""
    own = [
        message
        for message in sorted(catalog, key=lambda one: str(one.id))
        if message.id
        and any(place.startswith("static/") for place, _ in message.locations)
        and is_translated(message)
    ]
    words = {_first(one.id): one.string for one in own}
    text = json.dumps(words, ensure_ascii=False, indent=0, sort_keys=True)
    return f"globalThis.concordatWords = {text};\n".encode()


def _first(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else key[0]


def files(language: str, catalog: Catalog) -> Mapping[Path, bytes]:
    """The files of a language and what stands in each."""
    po = _file(language)
    return {
        po: as_po(catalog),
        po.with_suffix(".mo"): as_mo(catalog),
        WORDS / f"{language}.js": as_script(catalog),
    }


def _file(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def write(more: Sequence[str]) -> None:
    """Bring every language up to date, and those named into being."""
    found = messages()
    for language in sorted({*languages(), *more}):
        catalog = updated(language, found)
        for file, content in files(language, catalog).items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        missing = sum(not is_translated(one) for one in catalog if one.id)
        sys.stdout.write(f"{language}: {len(catalog)} messages, {missing} to translate\n")


if __name__ == "__main__":
    write(sys.argv[1:])

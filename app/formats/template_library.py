"""A folder of templates: every version read, and what must hold between versions and files."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from app.domain.clauses import Clause
from app.formats.template_document import TemplateDocument, TemplateError
from app.formats.template_reading import read
from app.formats.template_risks import Risk, check_risks

SHIPPED = Path(__file__).resolve().parents[2] / "agreement_templates"
"""The templates that come with Concordat."""

CHECKSUMS = "CHECKSUMS"
RISKS = ".risks.toml"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S+)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_FEWEST_WORDS = 8
_LEAST_SHARED = 0.15


def library(folder: Path) -> Mapping[tuple[str, str], TemplateDocument]:
    """All templates of a folder by slug and version, each slug's oldest version first.

    Raises TemplateError for the first file that does not fit.
    """
    found, errors = _read_all(folder)
    if errors:
        raise errors[0]
    return {(document.slug, document.version): document for document in found}


def risks(folder: Path, document: TemplateDocument) -> tuple[Risk, ...]:
    """The risk table beside one version of a template; TemplateError where it does not fit."""
    file = folder / document.slug / f"{document.version}{RISKS}"
    return check_risks(_text(folder, file), _name(folder, file), document)


def check(folder: Path) -> tuple[TemplateError, ...]:
    """What is wrong in a folder of templates: for each file the first line that does not fit."""
    documents, errors = _read_all(folder)
    for slug in dict.fromkeys(document.slug for document in documents):
        errors.extend(_reused([d for d in documents if d.slug == slug]))
    for place in _places(folder):
        try:
            errors.extend(_changed(folder, place))
        except TemplateError as error:
            errors.append(error)
    return tuple(errors)


def _places(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise TemplateError(str(folder), 1, "There is no such folder.")
    return sorted(place for place in folder.iterdir() if place.is_dir())


def _read_all(folder: Path) -> tuple[list[TemplateDocument], list[TemplateError]]:
    """Every version that can be read, in order, and the refusals of the others."""
    found: list[TemplateDocument] = []
    errors: list[TemplateError] = []
    for place in _places(folder):
        for file in sorted(place.glob("*.md"), key=_order):
            try:
                found.append(_read_file(folder, file))
                _with_risks(folder, found[-1])
            except TemplateError as error:
                errors.append(error)
    return found, errors


def _order(file: Path) -> tuple[tuple[int, ...], str]:
    return tuple(int(part) for part in file.stem.split(".") if part.isdigit()), file.name


def _text(folder: Path, file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        name = _name(folder, file)
        raise TemplateError(name, line, "This file is not written in UTF-8.") from error


def _name(folder: Path, file: Path) -> str:
    return str(file.relative_to(folder))


def _read_file(folder: Path, file: Path) -> TemplateDocument:
    name = _name(folder, file)
    document = read(_text(folder, file), name)
    if (document.slug, document.version) != (file.parent.name, file.stem):
        raise TemplateError(
            name,
            1,
            "The front matter says {slug} {version}: this file belongs in {slug}/{version}.md.",
            slug=document.slug,
            version=document.version,
        )
    return document


def _with_risks(folder: Path, document: TemplateDocument) -> None:
    name = f"{document.version}{RISKS}"
    if not (folder / document.slug / name).exists():
        raise TemplateError(document.file, 1, "There is no {name} beside it.", name=name)
    risks(folder, document)


def _reused(versions: list[TemplateDocument]) -> Iterator[TemplateError]:
    """For each version the first id that was something else in an earlier one."""
    seen: dict[str, tuple[Clause, TemplateDocument]] = {}
    for at, document in enumerate(versions):
        before = versions[at - 1].tree.nodes if at else {}
        for node in document.tree.walk():
            if node.key in seen:
                old, where = seen[node.key]
                reason = _reuse(old, node, gone=node.key not in before)
                if reason:
                    yield TemplateError(
                        document.file,
                        document.lines[node.key],
                        reason,
                        id=node.key,
                        version=where.version,
                        old=old.kind,
                        new=node.kind,
                    )
                    break
        seen.update({node.key: (node, document) for node in document.tree.walk()})


def _reuse(old: Clause, new: Clause, *, gone: bool) -> str:
    if old.kind is not new.kind:
        return "The id {id} is a {old} in {version} and a {new} here: a new clause needs a new id."
    if gone:
        return "The id {id} of {version} was given up since: a new clause needs a new id."
    if old.heading != new.heading and _share(old, new) < _LEAST_SHARED:
        return "The id {id} is about something else in {version}: a new clause needs a new id."
    return ""


def _share(old: Clause, new: Clause) -> float:
    """Which part of the shorter one's words the other has too; 1 where too few can tell."""
    one, two = (set(_WORD.findall(f"{n.heading} {n.text}".lower())) for n in (old, new))
    fewest = min(len(one), len(two))
    return len(one & two) / fewest if fewest >= _FEWEST_WORDS else 1.0


def _changed(folder: Path, place: Path) -> Iterator[TemplateError]:
    """Released files that are gone or differ from what was released."""
    sums = place / CHECKSUMS
    if not sums.exists():
        return
    for line, words in _numbered(_text(folder, sums)):
        found = _LINE.fullmatch(words)
        name = _name(folder, sums)
        if found is None:
            yield TemplateError(name, line, "A line is a SHA-256 in hex, two spaces, a file.")
            continue
        file = place / found[2]
        if file.parent != place or not file.is_file():
            yield TemplateError(name, line, "The released file {file} is gone.", file=found[2])
        elif hashlib.sha256(file.read_bytes()).hexdigest() != found[1]:
            yield TemplateError(
                _name(folder, file),
                1,
                "This released file was changed: restore it, and release a new version.",
            )


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return ((at, line) for at, line in enumerate(text.split("\n"), 1) if line.strip())

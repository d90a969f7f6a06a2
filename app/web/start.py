"""Starting an agreement from a template: choices, then blanks, then the text as it reads.

Nothing is kept on the way: each step carries what was typed in the ones before it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.actions import agreements
from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label, labels
from app.formats.prose_html import of_prose
from app.formats.template_source import (
    Instance,
    Question,
    TemplateDocument,
    asked,
    instantiate,
    questions,
)
from app.http import auth
from app.kernel.errors import AppError
from app.queries import drafts, network, templates
from app.queries.drafts import FRAMEWORK
from app.queries.templates import size_of
from app.web.forms.start import (
    ANSWER,
    AnswersForm,
    ChoicesForm,
    answers_form,
    check_answers,
    choices_form,
)
from app.web.lessons import Beside, effects_of, lessons_of
from app.web.rendering import page

door = Blueprint("start", __name__, url_prefix="/agreements/new")

STEPS = ("choices", "blanks", "read", "start")


@dataclass(frozen=True)
class Asked:
    """One blank to fill: its field, and the words of the text in which it stands."""

    name: str
    label: str
    excerpt: Markup


@dataclass(frozen=True)
class Group:
    """The blanks of one article or annex, by where they stand first."""

    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Interview:
    """What has been said so far, and the text it comes to."""

    document: TemplateDocument
    choices: ChoicesForm
    answers: AnswersForm
    questions: tuple[Question, ...]

    def bare(self) -> Instance:
        """The text with the choices made and every blank open."""
        return instantiate(
            self.document, title=self.choices.title.data or "", choices=self.choices.chosen()
        )

    def filled(self) -> Instance:
        """The text with what is answered. Raises Invalid at the first answer that is none."""
        return instantiate(
            self.document,
            title=self.choices.title.data or "",
            choices=self.choices.chosen(),
            answers=self.answers.given(),
        )

    def step(self, wanted: str) -> str:
        """The step to show: the wanted one, or the first before it that isn't right yet."""
        if wanted == "choices" or not self.choices.validate():
            return "choices"
        if wanted == "blanks":
            return wanted
        return wanted if check_answers(self.answers, self.document) else "blanks"


@door.get("")
def choose() -> str:
    """Ask what the new agreement is made from: a template, or a file."""
    return page("start/choose.html", families=templates.families())


@door.route("/from/<slug:slug>/<version>", methods=["GET", "POST"])
def interview(slug: str, version: str) -> str | Response | tuple[str, int]:
    """Ask what the template asks, show the text it comes to, and start drafting."""
    held = _interview(templates.get_template(slug, version))
    wanted = request.form.get("step", "choices")
    step = held.step(wanted if wanted in STEPS else "choices")
    if step == "start":
        try:
            return _start(held)
        except AppError as error:
            held.choices.refuse(error)
            step = "choices"
    failed = step != wanted and request.method == "POST"
    form = held.choices if step == "choices" else held.answers
    return _show(held, step), form.status if failed else 200


def _interview(document: TemplateDocument) -> Interview:
    data = request.form if request.method == "POST" else None
    frameworks = [(str(id_), title) for id_, title in _frameworks(document)]
    zone = str(current_app.config["TIME_ZONE"])
    choices = choices_form(document, data, frameworks=frameworks, timezone=zone)
    made = {**document.defaults(), **choices.chosen()}
    relevant = tuple(
        question
        for question in questions(document)
        if question.type != "option" and asked(question, made)
    )
    return Interview(document, choices, answers_form(relevant, data), relevant)


def _frameworks(document: TemplateDocument) -> Sequence[tuple[uuid.UUID, str]]:
    return () if document.scenario == FRAMEWORK else drafts.frameworks_of(auth.current_actor())


def _start(held: Interview) -> Response:
    document = held.document
    blanks = templates.blank_labels(document)
    beginning = drafts.from_template(document, held.bare(), held.filled(), blanks)
    actor = auth.current_actor()
    agreement = drafts.just_started(actor, beginning.tree)
    if agreement is None:
        under = held.choices.framework.data
        ids = {str(id_): id_ for id_, _ in _frameworks(document)}
        agreement = agreements.start_agreement(
            actor,
            network.workspace(),
            tree=beginning.tree,
            beside=beginning.beside,
            provenance=beginning.provenance,
            timezone=held.choices.timezone.data,
            template=(document.slug, document.version),
            scenario=document.scenario,
            framework_id=ids.get(under),
        )
    flash(
        gettext(
            "Started: %(agreement)s. You are its facilitator. Nobody else takes part yet.",
            agreement=agreement.title,
        )
    )
    return redirect(url_for("drafting.overview", slug=agreement.slug), 303)


def _show(held: Interview, step: str) -> str:
    blanks = templates.blank_labels(held.document)
    context = {
        "document": held.document,
        "choices": held.choices,
        "answers": held.answers,
        "step": step,
        "carried": _carried(held, step),
    }
    if step == "choices":
        numbers = templates.labels_of(held.document.slug, held.document.version)
        effects = effects_of(held.document, numbers)
        context["effects"] = {(one.option, one.choice): words for one, words in effects.items()}
    if step == "blanks":
        context["groups"] = groups_of(held.bare().tree, held.questions, blanks)
    if step == "read":
        text = held.filled()
        beside = Beside(labels(text.tree), blanks=blanks, guidance=text.guidance)
        context["nodes"] = lessons_of(text.tree, beside)
        context["size"] = size_of(text.tree)
        context["open"] = len(text.blanks)
    return page("start/interview.html", **context)


def _carried(held: Interview, step: str) -> list[tuple[str, str]]:
    """The fields of the other steps, kept in the page."""
    shown = (
        set(held.choices) if step == "choices" else set(held.answers) if step == "blanks" else ()
    )
    names = {field.name for field in shown}
    sent = request.form if request.method == "POST" else MultiDict()
    return [
        (name, value)
        for name, value in sent.items()
        if name not in names and (name in held.choices or name.startswith(ANSWER))
    ]


def groups_of(
    tree: ClauseTree, asked_now: Iterable[Question], blanks: Mapping[str, str]
) -> list[Group]:
    """The blanks article by article, each with the words around it."""
    names = {question.name: question.label for question in asked_now}
    numbers = labels(tree)
    found: dict[str, list[Asked]] = {}
    seen: set[str] = set()
    for key, node in tree.nodes.items():
        for name in prose.blanks_in(f"{node.heading} {node.text}"):
            if name in names and name not in seen:
                seen.add(name)
                title = _title(tree.path(key), numbers)
                excerpt = _excerpt(node, numbers, blanks)
                found.setdefault(title, []).append(Asked(ANSWER + name, names[name], excerpt))
    rest = [
        Asked(ANSWER + name, words, Markup()) for name, words in names.items() if name not in seen
    ]
    groups = [Group(title, tuple(held)) for title, held in found.items()]
    return [*groups, Group(gettext("Besides"), tuple(rest))] if rest else groups


def _title(path: tuple[Clause, ...], numbers: Mapping[str, Label]) -> str:
    top = next((node for node in path if node.kind is not Kind.DIVISION), path[0])
    words = prose.plain(top.heading) or prose.plain(path[0].heading)
    label = numbers[top.key].full if top.kind is not Kind.GENERATED else ""
    return f"{label} {words}".strip() or gettext("At the beginning")


def _excerpt(node: Clause, numbers: Mapping[str, Label], blanks: Mapping[str, str]) -> Markup:
    words = of_prose(node.text or node.heading, labels=numbers, blanks=blanks)
    label = numbers[node.key].full
    return Markup('<span class="no">{}</span> {}').format(label, words) if label else words

"""A version as a Word file: title page, contents, natively numbered text, signature blocks.

The same tree and facts always give the same bytes (given the same zlib). Every clause stands in a
bookmark with its key, so the file can come back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain import numbering, placeholders
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.generated import HEAD, Party
from app.formats.docx import properties, styles
from app.formats.docx.blocks import Block, generated_title, of_tree, stands_alone
from app.formats.docx.body import Body
from app.formats.docx.comments import Comments, Note, with_guidance
from app.formats.docx.cover import (
    BARE_FOOTER,
    BARE_HEADER,
    Edition,
    Entry,
    contents,
    footer,
    header,
    section,
    title_page,
)
from app.formats.docx.numbering_part import NumberingPart, text_column
from app.formats.docx.ooxml import (
    Ids,
    bookmark,
    clause_bookmark,
    document,
    encoded,
    paragraph,
    run,
)
from app.formats.docx.package import Part, pack
from app.formats.docx.signing import signature_blocks
from app.formats.docx.styles import TEXT_WIDTH
from app.formats.docx.tables import table
from app.formats.docx.targets import targets
from app.formats.docx.words import Words
from app.kernel.errors import Invalid

HASH_DIGITS = 12
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def write(
    tree: ClauseTree,
    *,
    status: str,
    version: str,
    day: date | None = None,
    agreement: str = "",
    parties: Sequence[Party] = (),
    signatures: Sequence[Party] = (),
    blanks: Mapping[str, str] | None = None,
    guidance: Mapping[str, str] | None = None,
    notes: Mapping[str, Sequence[Note]] | None = None,
) -> bytes:
    """A copy of a version to read and to work on, with tracking of changes switched on.

    `blanks`: labels by name; `guidance` and `notes`: by clause key, written as Word comments.
    """
    remarks = with_guidance(guidance or {}, notes or {})
    edition = _edition(tree, status, version, day, agreement)
    made = _Document(tree, edition, parties, signatures, blanks or {}, Comments(remarks))
    return made.packed("trackedChanges", "version")


def for_signature(
    tree: ClauseTree,
    *,
    version: str,
    day: date | None = None,
    agreement: str = "",
    parties: Sequence[Party] = (),
    signatures: Sequence[Party],
    status: str = "Execution version",
) -> bytes:
    """The adopted text to be signed: one signature block for each party, no comments, protected.

    Raises Invalid where a blank is still to be filled or nobody is to sign.
    """
    if not signatures:
        raise Invalid("Nobody is named to sign. Name a signatory for each party first.")
    if empty := placeholders.listed(tree):
        raise Invalid(
            "{count} blanks are still to be filled, the first is {name}. Fill them before signing.",
            count=len(empty),
            name=empty[0],
        )
    edition = _edition(tree, status, version, day, agreement)
    made = _Document(tree, edition, parties, signatures, {}, Comments({}))
    return made.packed("readOnly", "signature")


def _edition(
    tree: ClauseTree, status: str, version: str, day: date | None, agreement: str
) -> Edition:
    digits = tree.version_hash[:HASH_DIGITS]
    return Edition(tree.title, version, status, digits, day, agreement)


@dataclass
class _Document:
    """Everything that one file is made of."""

    tree: ClauseTree
    edition: Edition
    parties: Sequence[Party]
    signatures: Sequence[Party]
    blanks: Mapping[str, str]
    comments: Comments

    def packed(self, protection: str, kind: str) -> bytes:
        """The bytes of the file."""
        tree = self.tree
        self._ids = Ids()
        labels = numbering.labels(tree)
        self._words = Words(self._ids, labels, targets(tree, labels), self.blanks)
        lists = NumberingPart(tree.numbering)
        parted = is_parted(tree)
        self._signed = False
        body = Body(tree.numbering, lists, self._generated, parted=parted)
        text = b"".join(encoded(body.xml(of_tree(tree, self._words, self))))
        rest = "" if self._signed else self._signing()
        front = title_page(
            self.edition, run(self.edition.title), [party.name for party in self.parties]
        ) + contents(self._entries(parted))
        whole = document(front.encode(), text, f"{rest}{section(first=False)}".encode())
        return pack(
            (
                *word_parts(whole, tree, self.edition, lists, protection, parted=parted),
                *self.comments.parts(),
                *properties.parts(tree, self.edition, kind=kind),
            ),
            self._words.links,
        )

    def clause(self, key: str) -> Callable[[str], str]:
        """What puts the bookmark and the comments of a clause around its runs."""

        def marked(runs: str) -> str:
            held = bookmark(self._ids.next(), clause_bookmark(key), runs)
            return self.comments.around(key, held)

        return marked

    def words(self, key: str, part: str) -> Mapping[int, str]:
        """The marks of comments on words of a clause."""
        return self.comments.on_words(key, part)

    def _entries(self, parted: bool) -> Iterator[Entry]:
        return entries(self.tree, self._words, parted=parted)

    def _generated(self, block: Block) -> str:
        node = self.tree.nodes[block.key]
        if node.text == "signatures":
            self._signed = True
            return self._signing(block)
        title = self._titled(block, node.text)
        if node.children:
            return title + table(block.children, left=0, width=TEXT_WIDTH)
        if not self.parties:
            return title + paragraph(
                "NotYet", run("The parties are listed here once they are known.")
            )
        rows = [_party_row(cells) for cells in (HEAD, *(party.cells for party in self.parties))]
        return title + table(rows, left=0, width=TEXT_WIDTH)

    def _titled(self, block: Block | None, text: str) -> str:
        """The line above what is generated; under a heading of the text itself it needs none."""
        words = run(generated_title(text))
        if block is None:
            return paragraph("PartTitle", words)
        if self.tree.parents[block.key] is not None:
            return paragraph("TableEnd", block.around(""))
        return paragraph("PartTitle", block.around(words))

    def _signing(self, block: Block | None = None) -> str:
        """The signature blocks, or what a draft shows in their place."""
        if block is None and not self.signatures:
            return ""
        title = self._titled(block, "signatures")
        if self.signatures:
            return title + signature_blocks(self.signatures, self._ids)
        if block and self.tree.nodes[block.key].children:
            return title + table(block.children, left=0, width=TEXT_WIDTH)
        return title + paragraph("NotYet", run("One signature block for each party stands here."))


def _party_row(cells: Sequence[str]) -> Block:
    return Block(
        key="",
        kind=Kind.ROW,
        label="",
        standing=False,
        cells=tuple(run(cell) for cell in cells),
        shown=tuple(cells),
    )


def is_parted(tree: ClauseTree) -> bool:
    """Whether the text has divisions of its own, so that articles are the second outline level."""
    return any(clause.kind is Kind.DIVISION for clause in tree.clauses)


def entries(tree: ClauseTree, words: Words, *, parted: bool) -> Iterator[Entry]:
    """The lines of the table of contents: outline levels one and two."""
    yield from _entries_of(tree.clauses, words, 1 + parted)


def _entries_of(nodes: Sequence[Clause], words: Words, level: int) -> Iterator[Entry]:
    for node in nodes:
        outline = node.kind in (Kind.DIVISION, Kind.ANNEX)
        at = 1 if outline else level
        if at > 2 or not (outline or node.kind is Kind.CLAUSE):
            continue
        if stands_alone(node.kind, node.heading, node.text):
            label = words.labels[node.key].own
            yield Entry(at, node.key, label, words.shown(node.heading))
        below = level if node.kind is Kind.DIVISION else at + 1
        yield from _entries_of(node.children, words, below)


def word_parts(
    whole: bytes,
    tree: ClauseTree,
    edition: Edition,
    lists: NumberingPart,
    protection: str,
    *,
    parted: bool,
) -> tuple[Part, ...]:
    """The parts under word/ that every file of ours has; `whole` is document.xml."""
    column = text_column(tree.numbering)
    sheet = styles.styles_part(language=tree.language, parted=parted, column=column)
    settings = styles.settings_part(language=tree.language, protection=protection)
    heading = "Heading2" if parted else "Heading1"
    rows = (
        ("styles", "styles", sheet, ""),
        ("numbering", "numbering", lists.xml(heading), ""),
        ("settings", "settings", settings, ""),
        ("fontTable", "fontTable", styles.fonts_part(), ""),
        ("header1", "header", header(edition), "rIdHeader"),
        ("footer1", "footer", footer(edition), "rIdFooter"),
        ("header2", "header", BARE_HEADER, "rIdHeaderFirst"),
        ("footer2", "footer", BARE_FOOTER, "rIdFooterFirst"),
    )
    return (
        Part("word/document.xml", f"{_TYPE}document.main+xml", whole, "officeDocument", owner=""),
        *(
            Part(f"word/{name}.xml", f"{_TYPE}{kind}+xml", xml, kind, number)
            for name, kind, xml, number in rows
        ),
    )

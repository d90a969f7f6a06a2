"""Changes of contract clauses as a careful person would mark them: [-gone-] and [+come+]."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import polish, text_diff
from app.domain.changes import compare, new_words, old_words
from app.domain.tokens import tokens

MARKED = (
    "Each speaks of it.[+ The minutes record it.+]",
    "The chair reports it. [+The minutes record it. +]The board decides.",
    "A Hub is bound for one year.[+ It returns all Background. It pays what it owes.+]",
    "[-Neither Party is liable for indirect loss. -]Nothing limits liability for fraud.",
    "It is not freed from public procurement law[- or-][+,+] from its own statutes.",
    (
        "Either Party may terminate it [-by giving thirty days'-][+for convenience by giving "
        "not less than ninety (90) days' prior+] written notice to the other Party."
    ),
    "The liability is limited to EUR [-25,000-][+50,000+] for each calendar year.",
    "Neither is liable for loss[+, loss of profit or loss of data+]. It is for fraud.",
    "The Hub shall[-, at its own cost,-] keep records.",
    "the Hub [-(and its staff) -]may use it",
    "each Hub [-pays-][+bears+] its own costs [+and expenses +]of taking part in the Network",
    "skills and training[-.-][+; and+]",
    "elected for two years[+, renewable once,+] by Ordinary Majority",
    (
        "A Hub [-answers within 15 working days-][+shall answer each request within twenty working "
        "days of its receipt+]."
    ),
    (
        "The [-Supplier shall deliver the Goods to the Customer at the Premises on-]"
        "[+Customer shall collect the Goods from the Supplier at the Warehouse no later "
        "than+] the Delivery Date."
    ),
    (
        "[-Payment is due within 30 days of receipt of the invoice-][+Invoices are payable 45 days "
        "after they are received+]. Late payment bears interest[+ at 8 %+]."
    ),
    (
        "Confidential Information means [-all information, whether oral or written, disclosed by "
        "one Party to the other-][+information in any form that one Party discloses to another "
        "Party and marks as confidential+]."
    ),
)


def sides(marked: str) -> tuple[str, str]:
    old = new = ""
    for part in marked.replace("[-", "\0-").replace("[+", "\0+").split("\0"):
        sign, held, rest = part[:1], part[1:], ""
        if sign not in "+-" or not part:
            old, new = old + part, new + part
            continue
        held, rest = held.split(f"{sign}]", 1)
        old += (held if sign == "-" else "") + rest
        new += (held if sign == "+" else "") + rest
    return old, new


def marked(old: str, new: str) -> str:
    signs = {"=": "{}", "-": "[-{}-]", "+": "[+{}+]"}
    return "".join(signs[change.op].format(change.text) for change in compare(old, new))


@pytest.mark.parametrize("case", MARKED)
def test_a_contract_clause_is_marked_as_a_lawyer_would(case):
    assert marked(*sides(case)) == case


WORDS = st.lists(st.sampled_from(["it", "is", " ", ".", "the", "Hub"]), max_size=14)


@settings(max_examples=200)
@given(WORDS, WORDS)
def test_the_same_is_said_wherever_the_edges_are(old, new):
    was, now = tokens("".join(old)), tokens("".join(new))
    before = text_diff.cleaned(was, text_diff.swaps(was, now))
    made: list[str] = []
    place = 0
    for swap in polish.polished(was, now, before):
        assert swap.start >= place
        made += [*was[place : swap.start], *now[swap.new_start : swap.new_end]]
        place = swap.end
    assert [*made, *was[place:]] == list(now)


@settings(max_examples=100)
@given(WORDS, WORDS)
def test_a_comparison_still_holds_both_texts(old, new):
    was, now = "".join(old).strip(), "".join(new).strip()
    parts = compare(was, now)
    assert (old_words(parts), new_words(parts)) == (was, now)

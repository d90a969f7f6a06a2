# ruff: noqa: E501
"""The matchmaking example every test of template files works on."""

MATCHMAKING = """+++
slug = "matchmaking"
version = "1.0.0"
title = "Matchmaking Agreement"
scenario = "matchmaking"
language = "en"
numbering = "article"
summary = "One hub asks another to find a partner for its client."
changelog = ["First release."]
roles = [{ name = "asking", label = "Requesting Hub", min = 1, max = 1 }, { name = "asked", label = "Receiving Hub", min = 1, max = 1 }]
variables = [   # type: text number date money choice party; also help = "…"
  { name = "answer_days", label = "working days to answer", type = "number", default = 15, required = true },
  { name = "fee_sum", label = "fee in euro", type = "money" },
]
options = [{ name = "fee", label = "Is a fee due for a match?", choices = { none = "No fee", success = "A success fee" }, default = "none" }]
+++
# Matchmaking Agreement
{{parties}}
# Background {#background}
A. {#r-client} A client of the Requesting Hub looks for a partner in the region of the Receiving Hub.
# Agreed terms {#terms}
## Definitions {#definitions}
: {#d-request} **Partner Request; Partner Requests** means a request made under [[request-form]].
## Search {#search}
1. {#request-form} **Form.** A Partner Request states the need, the sector and the date by which an answer is wanted.
> Short and complete requests are answered sooner. Mitigates: unclear needs.
1. {#search-duty mandatory} **Duty.** The Receiving Hub shall use its best efforts to:
    1. {#search-answer} answer within {{answer_days}} working days; and
    1. {#search-names} name at least one suitable organisation, or say that it found none.
    {#search-close} It owes no result.
## Fee {#fee-none if=fee:none as=fee}
1. {#fee-none-text} No fee is due for a match.
## Success fee {#fee-success if=fee:success as=fee}
1. {#fee-success-text} The Requesting Hub shall pay the fee stated in [[annex-fee]] once the matched parties sign.
# Annex: Fee {#annex-fee if=fee:success}
1. {#annex-fee-sum} The fee is {{fee_sum}}.
"""


def changed(old: str, new: str) -> str:
    """The example with some words replaced; they must be there."""
    assert old in MATCHMAKING
    return MATCHMAKING.replace(old, new)


def line_of(text: str, words: str) -> int:
    """The number of the first line that holds these words."""
    return next(at for at, line in enumerate(text.split("\n"), 1) if words in line)

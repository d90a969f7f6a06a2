"""Letters that come in: whose address they answer, what they bring, what is refused."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats import mail
from app.kernel.errors import Invalid

TOKEN = "abcdefgh234567" * 3 + "abcdef"
WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def letter(
    to=f"Concordat <word+{TOKEN}@example.org>", names=("copy.docx",), content=b"PK words", **headers
):
    message = EmailMessage()
    message["From"] = "Claire Dumont <claire@lille.example>"
    message["To"] = to
    message["Message-ID"] = "<7@lille.example>"
    message["Subject"] = "Re: Round 1 opened"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Here it is.")
    for name in names:
        message.add_attachment(content, maintype=WORD[0], subtype=WORD[1], filename=name)
    return bytes(message)


def test_a_reply_brings_its_token_and_its_file():
    found = mail.read(letter())
    assert found.token == TOKEN
    assert found.message_id == "<7@lille.example>"
    assert not found.is_automatic
    assert [(one.name, one.content) for one in found.files] == [("copy.docx", b"PK words")]


def test_a_forwarded_letter_keeps_its_token_in_another_header():
    found = mail.read(letter("word@example.org", Delivered_To=f"word+{TOKEN.upper()}@example.org"))
    assert found.token == TOKEN
    assert mail.read(letter("word@example.org")).token == ""


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}],
)
def test_what_a_machine_sent_is_known(headers):
    assert mail.read(letter(**headers)).is_automatic


def test_names_lose_their_folders_and_other_files_are_left_aside():
    found = mail.read(letter(names=("..\\..\\evil/copy.docx",)))
    assert found.files[0].name == "copy.docx"
    message = EmailMessage()
    message["To"] = "a@b"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    assert mail.read(bytes(message)).files == ()


def test_what_is_too_large_or_has_too_many_parts_is_refused():
    with pytest.raises(Invalid, match="larger than 30 MB"):
        mail.read(b" " * (mail.MOST_BYTES + 1))
    with pytest.raises(Invalid, match="more than 200 parts"):
        mail.read(letter(names=["a.txt"] * 205))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(noise):
    for data in (noise, letter()[:200] + noise + letter()[200:]):
        try:
            mail.read(data)
        except Invalid:
            continue


def test_a_letter_goes_from_one_process_to_another_as_it_is():
    found = mail.read(letter(names=("a.docx", "ü\n.docx"), content=b"PK\n\0\n"))
    assert len(found.files) == 2
    assert mail.unpacked(mail.packed(found)) == found


@pytest.mark.parametrize("said", ["<a\0b@c>", "<\ud8ff@c>", "<a b@c>", "a@b", f"<{'a' * 300}@b>"])
def test_a_letter_of_a_strange_name_is_not_named_in_an_answer(said):
    named = b"Message-ID: " + said.encode("utf-8", "surrogatepass") + b"\r\n\r\nx"
    assert mail.read(named).message_id == ""

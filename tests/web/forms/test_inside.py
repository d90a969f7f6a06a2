"""The forms of what stays inside: what they take and what they refuse."""

from werkzeug.datastructures import MultiDict

from app.web.forms.inside import AskForm, CheckForm, InsideForm, OpenForm


def test_a_note_needs_words_and_brings_its_key(app):
    with app.test_request_context():
        assert InsideForm().form_key.data
        assert not InsideForm(MultiDict({"text": ""})).validate()
        assert InsideForm(MultiDict({"text": "Ours."})).validate()
        assert not InsideForm(MultiDict({"text": "x" * 10_001})).validate()


def test_a_check_says_which_words_were_read(app):
    with app.test_request_context():
        assert not CheckForm(MultiDict({"remark": "Fine."})).validate()
        assert not CheckForm(MultiDict({"seen": "x"})).validate()
        assert CheckForm(MultiDict({"seen": "3"})).validate()
        assert AskForm(MultiDict({})).validate()


def test_replies_stay_inside_unless_they_are_ticked(app):
    with app.test_request_context():
        assert not OpenForm(MultiDict({"seen": "x"})).with_replies.data
        assert OpenForm(MultiDict({"seen": "x", "with_replies": "y"})).with_replies.data

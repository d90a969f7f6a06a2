import pytest

from app.domain.slugs import free_slug, slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Framework Cooperation Agreement", "framework-cooperation-agreement"),
        ("Łódź & Kraków", "lodz-krakow"),
        ("Größe – Maßstab!", "grosse-massstab"),
        ("協定", "agreement"),
        ("a" * 90, "a" * 60),
    ],
)
def test_words_become_an_address(words, slug):
    assert slug_of(words) == slug


def test_a_taken_address_gets_the_next_number():
    assert free_slug("lille", ()) == "lille"
    assert free_slug("lille", ("lille", "lille-2", "lille-4")) == "lille-3"
    assert free_slug("new", ()) == "new-2"

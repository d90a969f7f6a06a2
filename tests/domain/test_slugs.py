import pytest

from app.domain.slugs import slug_of


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

"""What a reader's browser loads beside the page itself: style and script stay small."""

import gzip
import re
from urllib.parse import urljoin

from tests.factories.agreements import make_case

MOST = 150_000
_LOADED = re.compile(r'(?:<link rel="stylesheet"[^>]* href|<script[^>]* src)="([^"]+)"')
_IMPORTED = re.compile(
    r"""(?:@import|^import|from)\s*(?:url\()?\s*["']([^"']+\.(?:css|js))["']""", re.MULTILINE
)


def loaded(client, address: str) -> dict[str, int]:
    """The style and script of a page by address, each with its compressed size."""
    found: dict[str, int] = {}
    waiting = [urljoin(address, one) for one in _LOADED.findall(client.get(address).text)]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        answer = client.get(one)
        assert answer.status_code == 200, one
        found[one] = len(gzip.compress(answer.data, 6))
        waiting += [urljoin(one, each) for each in _IMPORTED.findall(answer.text)]
    return found


def test_the_text_comes_with_little_style_and_script(client, session, sign_in):
    case = make_case()
    session.commit()
    sign_in(client, case.people["Lille"])
    found = loaded(client, f"/agreements/{case.agreement.slug}")
    assert any(".css" in one for one in found) and any(".js" in one for one in found), found
    assert any("margin" in one for one in found), found
    assert sum(found.values()) <= MOST, found

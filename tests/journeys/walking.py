"""How people in the journeys move from page to page."""

from playwright.sync_api import Locator


def press(button: Locator) -> None:
    """Press what sends a form, and go on when the page that answers it stands.

    Going elsewhere earlier would call the form back before the server has it.
    """
    with button.page.expect_navigation():
        button.click()

"""The long text in a browser four times as slow as this machine: when it can be used, how it jerks.

Chromium is asked through Playwright, as the journeys do; without either, a line on stderr says so.
The server and the browser share this machine, so the figures are an upper bound of themselves.
"""

import importlib
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import serving, site
from benchmarks.goals import Check
from benchmarks.site import Size

TEXT = Size(300, 1_000, 60)
SLOWER = 4
ROUNDS = 3
_SETTLED = 1_500
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_WATCH = """
window.seen = { tasks: [], shift: 0 };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) seen.tasks.push([one.startTime, one.duration]);
}).observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_TOLD = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const ends = seen.tasks.map(([start, took]) => start + took);
  return {
    interactive: Math.max(page.domContentLoadedEventEnd, ...ends) - page.responseStart,
    longest: Math.max(0, ...seen.tasks.map(([, took]) => took)),
    shift: seen.shift,
  };
}"""


def browser() -> Iterator[Check]:
    """The page at 1440 by 900, from the first byte of it on."""
    try:
        driver = importlib.import_module("playwright.sync_api")
    except ImportError:
        print("NO BROWSER: Playwright is not installed; the page was not measured", file=sys.stderr)
        return
    path = next((one for one in _BROWSERS if Path(one).exists()), None)
    if path is None:
        print("NO BROWSER: there is no Chromium; the page was not measured", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = site.app_on(folder)
        made = site.build(app, ballots=0, large_size=TEXT)
        cookie = site.cookie(app, made.people[0])
        with serving.serving(folder) as port, driver.sync_playwright() as playwright:
            address = f"http://127.0.0.1:{port}/agreements/{made.large}"
            chromium = playwright.chromium.launch(executable_path=path, args=_FLAGS)
            found = [_seen(chromium, address, cookie) for _ in range(ROUNDS + 1)][1:]
            chromium.close()
    for words, key, unit, goal in (
        ("can be used after", "interactive", "s", 1.5),
        ("its longest task", "longest", "ms", 100),
        ("its layout shifts by", "shift", "", 0.02),
    ):
        figure = statistics.median(one[key] for one in found) / (1000 if unit == "s" else 1)
        yield Check("4", f"{TEXT}, {SLOWER}x slower: {words}", figure, unit, goal)


def _seen(chromium: Any, address: str, cookie: str) -> dict[str, float]:
    """What one reader's browser, which holds nothing yet, sees of the page."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    held = [one.split("=", 1) for one in cookie.split("; ")]
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in held])
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(_SETTLED)
    told: dict[str, float] = page.evaluate(_TOLD)
    context.close()
    return told

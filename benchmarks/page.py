"""How long typing into the page takes, from the key to what is painted.

Run ``python -m benchmarks.page [FACTS]``: a page of so many facts (10,000) in 50 reports, opened in Debian's Chromium;
real keys, and the browser's own Event Timing, which measures up to the next paint in steps of 8 ms.
"""

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import generate
from shkc.facts.load import load_all
from shkc.language import Language
from shkc.output.page.document import document
from shkc.paths import fact_files

REPORTS = 50
QUERIES = ("高新技术企业", "gaoxinjishuqiye", "gxjsqy", "研发投入", "3012家", "nothing of the kind", "第001市 融资额")

_OBSERVE = """
window.durations = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.name === "input") window.durations.push(entry.duration);
}).observe({ type: "event", durationThreshold: 16 });
"""


def main(facts: int) -> None:
    """Print the time to open the page, and for each query the median and the longest of its keys."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        generate(Path(folder, "facts"), REPORTS, facts // REPORTS)
        page_file = Path(folder, "page.html")
        contents = load_all(fact_files([Path(folder, "facts")]))
        page_file.write_bytes(document(contents, None, Language.zh, date.today()))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.add_init_script(_OBSERVE)
        page.goto(page_file.as_uri())
        opened = page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
        print(f"{page_file.stat().st_size / 1e6:.1f} MB, opened in {opened:.0f} ms")
        for query in QUERIES:
            print(f"{query}: {_typed(page, query)}")
        browser.close()


def _typed(page: Page, query: str) -> str:
    page.fill("#query", "")
    page.wait_for_timeout(200)
    page.evaluate("window.durations.length = 0")
    for character in query:
        page.keyboard.type(character, delay=120)
    page.wait_for_timeout(200)
    slow = page.evaluate("window.durations")
    durations = [*([8] * (len(query) - len(slow))), *slow]  # what took less than 16 ms is not told
    status = page.locator("#status").text_content()
    return f"median {median(durations):.0f} ms, longest {max(durations):.0f} ms ({status})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

"""Make the pictures of the README again, from the demo:  python docs/images/make.py

Needs Chromium and the extra `dev` (playwright); takes under a minute.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from rotascope.config import load_settings
from rotascope.demo.run import STORE, demo_settings, run_demo
from rotascope.report import plot
from rotascope.report.sheet import to_svg
from rotascope.store import Store

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Run the demo into a temporary folder and take both pictures."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("no Chromium here; `apt-get install chromium` brings it")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        run_demo(output, settings=load_settings())
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1000, "height": 1180})
            shoot_report(page, output)
            shoot_rotation(page, output)
            chromium.close()


def shoot_report(page: Page, output: Path) -> None:
    """The upper part of the report."""
    page.goto((output / "report.html").as_uri())
    page.screenshot(path=HERE / "report.png")


def shoot_rotation(page: Page, output: Path) -> None:
    """The rotation graph as `rotascope plot` draws it, at the size it has on the page."""
    settings = demo_settings(load_settings())
    with Store.open(output / STORE) as store:
        svg = to_svg(plot.draw("rotation", store, settings=settings, title=plot.TITLES["rotation"]))
    page.set_content(f"<body style='margin:0'>{svg}</body>")
    page.locator("svg").screenshot(path=HERE / "rotation.png")


if __name__ == "__main__":
    main()

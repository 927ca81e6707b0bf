"""A headless Chromium on the web chat, and the server it talks to, which may be stopped."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.web.office import Office
from tests.web.visit import site

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
DRIVER = shutil.which("chromedriver") or ""
QUIET = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--lang=vi"),
)


class Server:
    """The web chat on its own thread; `stop` and `start` again is a restart on the same port."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.runner: web.AppRunner | None = None
        self.port = 0
        self.start()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def start(self) -> None:
        self.do(self._start())

    async def _start(self) -> None:
        self.runner = web.AppRunner(site(self.office, heartbeat=1), shutdown_timeout=1)
        await self.runner.setup()
        place = web.TCPSite(self.runner, "127.0.0.1", self.port, reuse_address=True)
        await place.start()
        self.port = self.runner.addresses[0][1]

    def stop(self) -> None:
        if self.runner:
            self.do(self.runner.cleanup())
            self.runner = None

    def close(self) -> None:
        self.stop()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


class Page:
    """What a person sees and does on the page."""

    server: Server

    def __init__(self, profile: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in (*QUIET, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": "vi,en"})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))

    def visit(self, server: Server) -> None:
        """Start over on a phone with one tab; another server is another origin, without a past."""
        self.server = server
        first, *others = self.driver.window_handles
        for tab in others:
            self.driver.switch_to.window(tab)
            self.driver.close()
        self.driver.switch_to.window(first)
        self.size(360, 740)
        self.dark(False)
        self.complaints()

    def size(self, width: int, height: int, touch: bool = True) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": touch}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": touch})

    def dark(self, yes: bool = True) -> None:
        feature = {"name": "prefers-color-scheme", "value": "dark" if yes else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def open(self, path: str = "/") -> Page:
        self.driver.get(f"http://127.0.0.1:{self.server.port}{path}")
        return self

    def until(self, true: Callable[[], Any], why: str = "", seconds: float = 15) -> Any:
        wait = WebDriverWait(self.driver, seconds, poll_frequency=0.05)
        try:
            return wait.until(lambda _: true())
        except TimeoutException:
            raise AssertionError(f"{why or true}\n{self.text('body')}") from None

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        """The text of every such element, in order, one a line."""
        script = (
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')"
        )
        return str(self.driver.execute_script(script, selector))

    def sees(self, words: str, selector: str = "main", seconds: float = 15) -> None:
        self.until(lambda: words in self.text(selector), f"never saw {words!r}", seconds)

    def says(self, words: str) -> None:
        self.all("#text")[0].send_keys(words, Keys.ENTER)

    def button(self, label: str) -> WebElement:
        """The newest button of this label, once it is there."""

        def newest() -> WebElement | None:
            fitting = [node for node in self.all(".choice") if label in node.text]
            return fitting[-1] if fitting else None

        node: WebElement = self.until(newest, f"no button {label!r}")
        return node

    def presses(self, label: str) -> None:
        node = self.button(label)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", node)
        node.click()

    def chooses(self, *files: Path) -> None:
        self.all("#files")[0].send_keys("\n".join(map(str, files)))

    def chosen(self) -> list[str]:
        return [node.text for node in self.all(".choice[aria-pressed=true]")]

    def complaints(self) -> list[str]:
        """What the browser's console has to say, without answers that were meant to refuse."""
        logs = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [log["message"] for log in logs if "Failed to load resource" not in log["message"]]

    def close(self) -> None:
        self.driver.quit()

"""Somebody who types in a real browser: every key is counted, and the time from the first one."""

import time
from dataclasses import dataclass, field

from playwright.sync_api import Page

SECONDS_A_KEY = 0.2
"""As fast as somebody types who is not a typist; the promises of entry are made at this speed."""


@dataclass
class Typist:
    """Hands on the keyboard of a page."""

    page: Page
    seconds_a_key: float = SECONDS_A_KEY
    keys: int = 0
    begun: float = field(default=0.0)

    def press(self, *keys: str) -> None:
        """Press keys by their names, one after the other; a chord counts as one."""
        for key in keys:
            self._wait()
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text, sign by sign."""
        for sign in text:
            self._wait()
            self.page.keyboard.type(sign)

    def seconds(self) -> float:
        """How long it has been since the first key."""
        return time.perf_counter() - self.begun

    def _wait(self) -> None:
        """Come to the next key when it is due, whatever the machine did meanwhile."""
        if not self.keys:
            self.begun = time.perf_counter()
        due = self.begun + self.keys * self.seconds_a_key
        self.page.wait_for_timeout(max(0.0, due - time.perf_counter()) * 1000)
        self.keys += 1

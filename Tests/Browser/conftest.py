"""Fixtures: one served province for all journeys, one browser, and a visitor for each person of a journey."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from desk import ControlRoom
from province import ROOT, Province
from visitor import Visitor

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    served = Province(tmp_path_factory.mktemp("province"), families=60)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def browser(province: Province) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = Path(os.environ.get("RUXUE_SCREENSHOTS", ROOT / ".build/screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit(browser: Browser, province: Province, screenshots: Path) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser of its own for one more person, on a phone."""
    visitors: list[Visitor] = []

    def open_for(served: Province | None = None, **options: object) -> Visitor:
        visitors.append(Visitor(browser, served or province, screenshots, **options))
        return visitors[-1]

    yield open_for
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def departments(visit: Callable[..., Visitor]) -> Iterator[ControlRoom]:
    """The sandbox's control page; whatever a test broke is healed after it."""
    room = ControlRoom(visit())
    yield room
    for department in sorted(room.touched):
        room.heal(department)

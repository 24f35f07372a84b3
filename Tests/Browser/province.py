"""One portal with its stand-in departments, started as an operator starts them and ended by process id.

A `Province` owns a private data folder with a small generated season, a sandbox and a portal on free ports of the loopback
address, and the officers' roles. Nothing is waited for by the clock: readiness is polled, within a bound.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("RUXUE_BINARY", ROOT / ".build/debug/ruxue")).resolve()
BUSINESS_CLOCK = "2026-07-06T09:00:00+08:00"
TAOJIANG = "430922"
OFFICERS = {
    "sample-first-reviewer": "first_reviewer",
    "sample-second-reviewer": "second_reviewer",
    "sample-admission-officer": "admission_officer",
    "sample-admission-officer-2": "admission_officer",
}


class Province:
    """A served portal. `portal` and `sandbox` are their addresses; `families` is the season's truth by kind of family."""

    def __init__(self, folder: Path, families: int = 40, seed: int = 7) -> None:
        self.folder = folder
        self.processes: list[tuple[str, subprocess.Popen[bytes]]] = []
        season = folder / "season"
        self._run("season", "generate", "--tenant", TAOJIANG, "--families", str(families), "--seed", str(seed), "--out", str(season))
        self.season: list[dict] = json.loads((season / "families.json").read_text())
        self._taken: set[str] = set()
        portal_port, sandbox_port = free_ports(2)
        self.portal = f"http://127.0.0.1:{portal_port}"
        self.sandbox = f"http://127.0.0.1:{sandbox_port}"
        try:
            data = ["--data", str(folder), "--season", str(season)]
            self._serve("sandbox", self.sandbox + "/.well-known/openid-configuration", "sandbox", "--port", str(sandbox_port), "--portal", self.portal, "--latency", "0", *data)
            self._serve(
                "portal", self.portal + "/readyz", "serve", "--port", str(portal_port), "--business-clock", BUSINESS_CLOCK, "--retry-milliseconds", "200", *data
            )
            for subject, role in OFFICERS.items():
                self.grant(subject, role)
        except BaseException:
            self.stop()
            raise

    def family(self, *kinds: str) -> dict:
        """A family of the season of one of these kinds that no other test was given."""
        for family in self.season:
            if family["kind"] in kinds and family["id"] not in self._taken:
                self._taken.add(family["id"])
                return family
        raise LookupError(f"the season has no further family of {kinds}: generate more")

    def grant(self, subject: str, role: str) -> None:
        self._run("staff", "grant", "--data", str(self.folder), "--tenant", TAOJIANG, "--role", role, "--subject", subject)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def stop(self) -> None:
        for _, process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        self.processes.clear()

    def _run(self, *arguments: str) -> None:
        done = subprocess.run([BINARY, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"ruxue {' '.join(arguments[:2])}: {done.stdout}{done.stderr}"

    def _serve(self, name: str, ready: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen([BINARY, *arguments], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        self.processes.append((name, process))
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert process.poll() is None, f"{name} ended by itself:\n{self.log(name)}"
            try:
                with urllib.request.urlopen(ready, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)  # the pause of a bounded poll: there is no event to wait for before the port is open
        raise AssertionError(f"{name} was not ready within 30 s:\n{self.log(name)}")


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports

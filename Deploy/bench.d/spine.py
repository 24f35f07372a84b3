#!/usr/bin/env python3
"""内存、启动、每秒户数、核验耗时 memory, start, families a second, time spent on verification.

All runs on this machine: portal, stand-in departments and the replaying client share its cores, so the figures say
how the parts compare, not what a server of its own would do. Each figure stands next to the aim of its issue.
"""
import argparse
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
RUXUE = TREE / ".build/release/ruxue"
CLOCK = "2026-07-06T09:00:00+08:00"


def free_port():
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_ready(port):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False


def wait_ready(port, process, log, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        if is_ready(port):
            return
        time.sleep(0.02)
    raise SystemExit(f"{process.args[1]} is not ready on port {port}:\n{log.read_text()[-2000:]}")


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def server(port, folder, *arguments):
    """Starts a `ruxue` server, yields it when it is ready, and ends it."""
    log = folder / f"{arguments[0]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen([RUXUE, *arguments], cwd=TREE, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_ready(port, process, log)
            yield process
        finally:
            stop(process)


def ruxue(*arguments):
    """Runs a command to its end and reads its JSON."""
    done = subprocess.run([RUXUE, *arguments, "--json"], cwd=TREE, stdout=subprocess.PIPE, text=True)
    try:
        return json.loads(done.stdout), done.returncode
    except json.JSONDecodeError:
        raise SystemExit(f"ruxue {' '.join(map(str, arguments))} printed no JSON (exit {done.returncode})")


def resident_mb(process):
    """Resident memory and its peak so far, in MB of a million bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return [int(re.search(rf"{key}:\s+(\d+) kB", status)[1]) * 1024 / 1e6 for key in ("VmRSS", "VmHWM")]


def seconds_to_served_portal(folder):
    """From the start of Deploy/demo on a built tree, empty data folder, to the first good /readyz of the portal."""
    environment = {**os.environ, "RUXUE_DATA": str(folder)}
    begun = time.monotonic()
    demo = subprocess.Popen(
        [TREE / "Deploy/demo"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    # A demonstration that says nothing more is ended, which ends the reading below.
    watch = threading.Timer(300, demo.terminate)
    watch.start()
    said = []
    try:
        for line in demo.stdout:
            said.append(line)
            if found := re.search(r"Portal\s+http://127\.0\.0\.1:(\d+)/", line):
                if is_ready(int(found[1])):
                    return time.monotonic() - begun
                break
        raise SystemExit("Deploy/demo did not serve a portal:\n" + "".join(said[-20:]))
    finally:
        watch.cancel()
        # Whatever the demonstration still prints is taken, so that it never waits for a reader while it stops.
        threading.Thread(target=demo.stdout.read, daemon=True).start()
        stop(demo)


def replay_figures(folder, families, at_once):
    """Memory before and after a replay, and what the replay itself measured."""
    season = folder / "season"
    subprocess.run(
        [RUXUE, "season", "generate", "--tenant", "430922", "--families", str(families), "--seed", "2026", "--out",
         season], cwd=TREE, check=True, stdout=subprocess.DEVNULL)
    portal_port, sandbox_port = free_port(), free_port()
    portal, sandbox = f"http://127.0.0.1:{portal_port}", f"http://127.0.0.1:{sandbox_port}"
    with server(
        sandbox_port, folder, "sandbox", "--port", str(sandbox_port), "--season", season, "--data", folder,
        "--portal", portal,
    ), server(
        portal_port, folder, "serve", "--port", str(portal_port), "--data", folder, "--tenants", "Tenants",
        "--season", season, "--business-clock", CLOCK,
    ) as portal_process:
        for role, subject in (
            ("first_reviewer", "sample-first-reviewer"), ("second_reviewer", "sample-second-reviewer"),
            ("admission_officer", "sample-admission-officer"), ("admission_officer", "sample-admission-officer-2"),
        ):
            subprocess.run(
                [RUXUE, "staff", "grant", "--data", folder, "--tenant", "430922", "--role", role, "--subject", subject],
                cwd=TREE, check=True, stdout=subprocess.DEVNULL)
        started = resident_mb(portal_process)
        replay, code = ruxue("season", "replay", "--season", season, "--portal", portal, "--sandbox", sandbox,
                              "--concurrency", str(at_once))
        return started, resident_mb(portal_process), replay, code


def main():
    parser = argparse.ArgumentParser(prog="Deploy/bench spine", description=__doc__)
    parser.add_argument("--families", type=int, default=400)
    options = parser.parse_args()
    tenants = len(ruxue("tenant", "list")[0])
    with tempfile.TemporaryDirectory(prefix="ruxue-bench-") as temporary:
        folder = Path(temporary)
        served = seconds_to_served_portal(folder / "demo")
        (folder / "replay").mkdir(mode=0o700)
        started, filled, replay, code = replay_figures(folder / "replay", options.families, 16)
        (folder / "calm").mkdir(mode=0o700)
        calm, calm_code = replay_figures(folder / "calm", 150, 4)[2:]
    code = code or calm_code
    verification = replay["verification_over_latency_ms"]
    calm_verification = calm["verification_over_latency_ms"]
    rows = [
        (f"resident, {tenants} tenants, after start", f"{started[0]:.0f} MB", "120 MB or less"),
        (f"resident after {replay['families']} families", f"{filled[0]:.0f} MB (peak {filled[1]:.0f})", ""),
        ("Deploy/demo on a built tree to a served portal", f"{served:.1f} s", "10 s or less"),
        ("families replayed", f"{replay['families_per_second']:.1f} /s", ""),
        ("verification over departments' latency, 4 at once", f"{calm_verification['median']:.1f} ms median", "20 ms or less"),
        ("  95th of 100", f"{calm_verification['p95']:.1f} ms", ""),
        ("verification over departments' latency, 16 at once", f"{verification['median']:.1f} ms median", ""),
        ("  95th of 100", f"{verification['p95']:.1f} ms", ""),
    ]
    print(f"\n{'what':52} {'figure':>18}  aim")
    for what, figure, aim in rows:
        print(f"{what:52} {figure:>18}  {aim}".rstrip())
    print(f"\n{os.cpu_count()} cores, shared by portal, departments and client")
    if code != 0:
        raise SystemExit("the replay found disagreements; its figures may not compare")


if __name__ == "__main__":
    main()

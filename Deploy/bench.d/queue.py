#!/usr/bin/env python3
"""核验队列：每秒件数，与逐件领取、procrastinate 对照 the verification queue: jobs a second beside two anchors.

B2: checks that do nothing, over 131 tenants of which one has seven times its share, through the product's own worker,
repository and driver with row-level security on; then the same while a transaction is held open. Anchors, in the same
rounds on the same server (fsync on): jobs taken one by one with FOR UPDATE SKIP LOCKED (pgbench, prepared), and
procrastinate. Rates of one machine mean little: the ratios are the result.
"""
import sys

# This file has the name of a module of the library's; its folder is not to be searched for that.
sys.path.pop(0)

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
VENV = TREE / ".venv-bench"
PACKAGES = ["procrastinate==3.10.0", "psycopg[binary]==3.3.9"]
MEASURE = TREE / ".build/release/ruxue-measure"
TENANTS = 131
SLOTS, SLOT_MILLISECONDS = 8, 120_000
KEYWORDS = os.environ.get("RUXUE_TEST_POSTGRES", "")


def prepare():
    """Goes on in an environment of its own, beside a PostgreSQL of its own."""
    mark = VENV / "installed.txt"
    if not mark.exists() or mark.read_text() != " ".join(PACKAGES):
        base = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable
        subprocess.run([base, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run(
            [VENV / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
            check=True)
        mark.write_text(" ".join(PACKAGES))
    if "RUXUE_MEASURE" not in os.environ:
        subprocess.run(["swift", "build", "-c", "release", "--product", "ruxue-measure"], cwd=TREE, check=True)
    script = [VENV / "bin/python", "-B", __file__, "--inside", *sys.argv[1:]]
    os.execv(TREE / "Deploy/private-postgresql", [str(a) for a in ("private-postgresql", "--durable", *script)])


def connect(database="ruxue", **settings):
    import psycopg

    return psycopg.connect(f"{KEYWORDS} dbname={database}", autocommit=True, **settings)


def postgres_bin():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def psql(database, file):
    subprocess.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, f"{KEYWORDS} dbname={database}"], check=True,
        stdout=subprocess.DEVNULL)


def measure(name, *options):
    program = os.environ.get("RUXUE_MEASURE", MEASURE)
    done = subprocess.run([program, name, *map(str, options)], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"ruxue-measure {name} failed ({done.returncode})")
    return json.loads(done.stdout)


def processor_seconds():
    """What the server and this script's programs have used of the processors: other work on the machine leaves it alone."""
    with connect("postgres") as connection:
        postmaster = connection.execute("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)").fetchone()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It ended meanwhile.
        if stat.parent.name == postmaster:
            ticks += int(fields[13]) + int(fields[14])  # Those of its processes that have ended.
        elif fields[1] == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    own = os.times()
    return ticks / os.sysconf("SC_CLK_TCK") + own.user + own.system + own.children_user + own.children_system


def host_and_port():
    return {key: re.search(rf"{key}=(\S+)", KEYWORDS)[1] for key in ("host", "port")}


def set_up():
    psql("postgres", TREE / "Deploy/postgresql/roles.sql")
    where = " ".join(f"{key}={value}" for key, value in host_and_port().items())
    measure("migrate", "--owner-database", f"postgres:{where} user=ruxue_owner dbname=ruxue")
    with connect("postgres") as connection:
        connection.execute("CREATE DATABASE anchors")
    with connect("anchors") as connection:
        # Everything a job of ours holds, so that rows are as wide.
        connection.execute("""
            CREATE TABLE one_by_one (id bigint PRIMARY KEY, tenant text NOT NULL, season bigint NOT NULL,
              kind text NOT NULL, application bytea NOT NULL, revision bigint NOT NULL, credential text NOT NULL,
              due bigint NOT NULL, lease_until bigint NOT NULL, attempts bigint NOT NULL)""")
    return f"postgres:{where} user=ruxue_app dbname=ruxue"


def load_ours(jobs):
    """Puts jobs in as submissions do: due when they came, in the slot of that time; the first tenant has seven shares."""
    with connect() as connection:
        connection.execute(
            """
            INSERT INTO job (tenant, season, id, slot, kind, application, revision, credential, due, lease_until, attempts)
            SELECT (430000 + greatest(0, n %% %(shares)s - 6))::text, 2026,
              substr(decode(md5(n::text), 'hex'), 1, 8) || int8send(n), due / %(wide)s %% %(slots)s, 'check',
              decode(md5((n / 5)::text), 'hex'), 1, 'household', due, 0, 0
            FROM (SELECT n, (extract(epoch FROM now()) * 1000)::bigint - 30000 + n * 30000 / %(jobs)s AS due
              FROM generate_series(0::bigint, %(jobs)s - 1) AS n) AS work""",
            {"shares": TENANTS + 6, "jobs": jobs, "slots": SLOTS, "wide": SLOT_MILLISECONDS})
        connection.execute("CHECKPOINT")


def run_ours(address, jobs, options):
    load_ours(jobs)
    used = processor_seconds()
    result = measure(
        "queue", "--database", address, "--jobs", jobs, "--at-once", options.at_once, "--quantum", options.quantum,
        "--tenants", ",".join(str(430_000 + n) for n in range(TENANTS)))
    result["perSecond"] = jobs / (processor_seconds() - used)
    with connect() as connection:
        left = connection.execute("SELECT count(*) FROM job").fetchone()[0]
    result["lost"] += left
    result["rate"] = jobs / result["seconds"]
    return result


ONE_BY_ONE = """DELETE FROM one_by_one WHERE id = (
  SELECT id FROM one_by_one ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *;
"""


def run_one_by_one(seconds, clients, folder):
    """One statement and one commit a job: claimed and acknowledged at once, which no crash-safe worker can do."""
    with connect("anchors") as connection:
        present = connection.execute("SELECT count(*) FROM one_by_one").fetchone()[0]
        wanted = int(seconds * 25_000)
        if present < wanted:
            connection.execute(
                """
                INSERT INTO one_by_one SELECT n, '430922', 2026, 'check', decode(md5(n::text), 'hex'), 1, 'household',
                  n, 0, 0 FROM generate_series(
                    (SELECT coalesce(max(id), 0) + 1 FROM one_by_one),
                    (SELECT coalesce(max(id), 0) FROM one_by_one) + %s) AS n""", (wanted - present,))
        connection.execute("CHECKPOINT")
        before = connection.execute("SELECT count(*) FROM one_by_one").fetchone()[0]
    script = folder / "one_by_one.sql"
    script.write_text(ONE_BY_ONE)
    used = processor_seconds()
    began = time.monotonic()
    subprocess.run(
        [postgres_bin() / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f",
         script, f"{KEYWORDS} dbname=anchors"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took = time.monotonic() - began
    used = processor_seconds() - used
    with connect("anchors") as connection:
        after = connection.execute("SELECT count(*) FROM one_by_one").fetchone()[0]
    return {"rate": (before - after) / took, "perSecond": (before - after) / used}


def run_procrastinate(jobs, at_once):
    import procrastinate

    async def main():
        app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=f"{KEYWORDS} dbname=anchors", max_size=at_once))
        done = 0

        @app.task(name="nothing")
        async def nothing(number):
            nonlocal done
            done += 1

        async with app.open_async():
            exists = await app.connector.execute_query_one_async(
                "SELECT to_regclass('procrastinate_jobs')::text AS there")
            if exists["there"] is None:
                await app.schema_manager.apply_schema_async()
            for start in range(0, jobs, 500):
                await nothing.batch_defer_async(*({"number": n} for n in range(start, min(start + 500, jobs))))
            began = time.monotonic()
            await app.run_worker_async(
                wait=False, concurrency=at_once, install_signal_handlers=False, listen_notify=False)
            took = time.monotonic() - began
        if done != jobs:
            raise SystemExit(f"procrastinate did {done} of {jobs}")
        return jobs / took

    return asyncio.run(main())


class HeldTransaction:
    """A transaction that somebody forgot: it has written something and seen the queue's database."""

    def __enter__(self):
        self.connections = []
        for database in ("ruxue", "anchors"):
            import psycopg

            connection = psycopg.connect(f"{KEYWORDS} dbname={database}")
            connection.execute("SET idle_in_transaction_session_timeout = 0")
            connection.commit()
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            connection.execute("SELECT pg_current_xact_id(), count(*) FROM pg_class")
            self.connections.append(connection)
        return self

    def __exit__(self, *_):
        for connection in self.connections:
            connection.rollback()
            connection.close()


def rounds(address, options, folder, number):
    """Ours and the anchors in turn."""
    ours, single, other = [], [], []
    for index in range(number):
        ours.append(run_ours(address, options.jobs, options))
        single.append(run_one_by_one(options.seconds, options.clients, folder))
        other.append(run_procrastinate(options.procrastinate_jobs, 32))
        print(
            f"  {index + 1}: ours {ours[-1]['rate']:,.0f}/s  one by one {single[-1]['rate']:,.0f}/s  "
            f"procrastinate {other[-1]:,.0f}/s", file=sys.stderr, flush=True)
    return ours, single, other


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=10, help="of each round of one by one")
    parser.add_argument("--clients", type=int, default=8, help="who take one by one")
    parser.add_argument("--procrastinate-jobs", type=int, default=5_000)
    parser.add_argument("--at-once", type=int, default=2_000)
    parser.add_argument("--quantum", type=int, default=500)
    parser.add_argument("--held-minutes", type=float, default=10)
    parser.add_argument("--quick", action="store_true", help="100,000 jobs, 2 rounds, a transaction held for a minute")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.inside:
        prepare()
    if options.quick:
        options.jobs, options.rounds, options.seconds = 100_000, 2, 4
        options.procrastinate_jobs, options.held_minutes = 1_000, 1

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        address = set_up()
        print("without an old transaction", file=sys.stderr)
        calm = rounds(address, options, folder, options.rounds)
        print(f"while a transaction is held open for {options.held_minutes:g} minutes", file=sys.stderr)
        # The anchors come after ours: what the server clears in vain behind them would be counted against ours.
        held = ([], [], [])
        with HeldTransaction():
            end = time.monotonic() + options.held_minutes * 60
            while time.monotonic() < end or not held[0]:
                held[0].append(run_ours(address, options.jobs, options))
                print(f"  ours {held[0][-1]['rate']:,.0f}/s", file=sys.stderr, flush=True)
            for _ in range(2):
                held[1].append(run_one_by_one(options.seconds, options.clients, folder))

    runs = calm[0] + held[0]
    median = statistics.median
    ours, single, other = median(run["rate"] for run in calm[0]), median(run["rate"] for run in calm[1]), median(calm[2])
    each, single_each = (median(run["perSecond"] for run in calm[index]) for index in (0, 1))
    # What the transaction costs shows at its end, when it has kept the most.
    late, single_late = (part[len(part) // 2:] for part in held[:2])
    ours_held, single_held = (median(run["rate"] for run in part) for part in (late, single_late))
    each_held = median(run["perSecond"] for run in late)
    figures = {
        "jobs": options.jobs, "rounds": options.rounds, "held_minutes": options.held_minutes,
        "held_rounds": len(held[0]), "ours_per_second": ours, "one_by_one_per_second": single,
        "procrastinate_per_second": other, "ratio_one_by_one": ours / single, "ratio_procrastinate": ours / other,
        "ours_held_per_second": ours_held, "one_by_one_held_per_second": single_held,
        "ours_per_processor_second": each, "one_by_one_per_processor_second": single_each,
        "ours_held_per_processor_second": each_held, "ratio_per_processor_second": each / single_each,
        "loss_held": 1 - ours_held / ours, "loss_held_per_processor_second": 1 - each_held / each, "peak_megabytes": max(run["peakMegabytes"] for run in runs),
        "lost": sum(run["lost"] for run in runs), "doubled": sum(run["doubled"] for run in runs),
        "last_tenant_began": median(run["lastTenantBegan"] for run in calm[0]),
        "median_tenant_ended": median(run["medianTenantEnded"] for run in calm[0]),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        rows = [
            ("ours", f"{ours:,.0f} jobs/s", ""),
            ("  of one by one", f"{figures['ratio_one_by_one']:.1f} ×", "10 × or more"),
            ("  a second of the processors, of one by one", f"{each / single_each:.1f} ×", ""),
            ("  of procrastinate", f"{figures['ratio_procrastinate']:.0f} ×", ""),
            ("one by one, FOR UPDATE SKIP LOCKED", f"{single:,.0f} jobs/s", ""),
            ("procrastinate", f"{other:,.0f} jobs/s", ""),
            (f"ours, late in {options.held_minutes:g} min of an open transaction", f"{ours_held:,.0f} jobs/s", ""),
            ("  lost by it", f"{figures['loss_held']:.1%}", "5 % or less"),
            ("  lost by it, a second of the processors", f"{1 - each_held / each:.1%}", ""),
            ("one by one, then", f"{single_held:,.0f} jobs/s", ""),
            ("jobs lost, done twice", f"{figures['lost']}, {figures['doubled']}", "0, 0"),
            ("peak memory of the worker", f"{figures['peak_megabytes']:.0f} MB", ""),
            ("last tenant's first job after", f"{figures['last_tenant_began']:.1%} of the time", ""),
        ]
        print(f"\n{'what':52} {'figure':>18}  aim")
        for what, figure, aim in rows:
            print(f"{what:52} {figure:>18}  {aim}".rstrip())
        print(f"\n{os.cpu_count()} cores, shared by worker and PostgreSQL; medians of {options.rounds} rounds in turn")
    if figures["lost"] or figures["doubled"]:
        raise SystemExit("jobs were lost or done twice; the figures mean nothing")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""B1 持久受理 durable intake: applications a second beside pgbench's one-row commit and COPY; --kill: kill -9 under load.

Forms of families in real communities of the whole province, planted through the use cases, go over kept-alive
connections to one or two `ruxue serve` on a private PostgreSQL that really writes to disk. One county has seven times
its share; one form in twenty is a second one for a child: the same again, or the other parent's. In the same run, in
turn: pgbench with one row a commit at its best number of clients, and COPY of all the rows that the forms became.
Afterwards the database is asked what became of every receipt. Everything shares this machine's cores.
"""
import argparse
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from spine import CLOCK, RUXUE, TREE, free_port, resident_mb, server, stop, wait_ready  # noqa: E402

# RUXUE_MEASURE names one that is built already.
MEASURE = Path(os.environ.get("RUXUE_MEASURE", RUXUE.with_name("ruxue-measure")))
# What a first submission writes, by table; COPY is given the same rows.
TABLES = [
    "person", "person_identifier", "child_claim", "application", "application_revision", "choice", "application_event",
    "guardianship", "fact", "claimed_credential", "job", "decision", "consent", "person_application",
    "submission_key", "counter_delta", "audit",
]


class PostgreSQL:
    """A private durable server, which may be killed and started again on its data."""

    SCRIPT = """
        set -euo pipefail
        source Deploy/steps.bash; source Deploy/processes.bash; source Deploy/private-postgresql.bash
        trap private_postgresql_stop EXIT
        trap 'exit 130' INT TERM
        private_postgresql_start "$1/data" "$1/sockets" "$1/log" durable
        printf '%s\\n%s\\n' "$private_postgresql_pid" "$private_postgresql_keywords"
        wait "$private_postgresql_pid" || true
    """

    def __init__(self, folder):
        self.folder = folder
        self.start()

    def start(self):
        self.shell = subprocess.Popen(
            ["bash", "-c", self.SCRIPT, "bash", self.folder], cwd=TREE, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True)
        pid, keywords = self.shell.stdout.readline(), self.shell.stdout.readline().strip()
        if not keywords:
            raise SystemExit("PostgreSQL did not start")
        self.pid, self.keywords = int(pid), keywords
        self.host = keywords.split()[0]

    def address(self, role, extra=""):
        return f"postgres:{self.host} port=5432 dbname=ruxue user={role}{extra}"

    def psql(self, *arguments, database="ruxue", user="postgres", stdin=None):
        done = subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", f"{self.host} port=5432 dbname={database} user={user}",
             *arguments], cwd=TREE, check=True, stdout=subprocess.PIPE, text=True, input=stdin)
        return done.stdout.strip()

    def children(self):
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                if int(status.read_text().rsplit(")", 1)[1].split()[1]) == self.pid:
                    yield int(status.parent.name)

    def kill(self):
        """kill -9 of the server and of every process it has started."""
        for pid in [self.pid, *self.children()]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.shell.wait()

    def cpu_seconds(self):
        """Time on the processor of the server and of all processes it has had."""
        return cpu_seconds(self.pid, slice(11, 15)) + sum(cpu_seconds(pid) for pid in self.children())

    def stop(self):
        stop(self.shell)


class Portal:
    """`ruxue serve` without a worker on a port that stays its own."""

    def __init__(self, postgresql, data, number):
        self.port = free_port()
        self.log = data / f"serve-{number}.log"
        self.arguments = [
            RUXUE, "serve", "--no-worker", "--port", str(self.port), "--data", data, "--tenants", "Tenants",
            "--database", postgresql.address("ruxue_app"), "--business-clock", CLOCK, "--log-level", "warning",
        ]
        self.peak = 0
        self.start()

    def start(self):
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(self.arguments, cwd=TREE, stdout=output, stderr=subprocess.STDOUT)
        wait_ready(self.port, self.process, self.log)

    def note_peak(self):
        self.peak = max(self.peak, resident_mb(self.process)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def cpu_seconds(pid, fields=slice(11, 13)):
    """A process's own time on the processor, in its programs and in the system for it."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, status[fields])) / os.sysconf("SC_CLK_TCK")


def measure(*arguments):
    done = subprocess.run([MEASURE, *map(str, arguments)], cwd=TREE, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def install(postgresql, data):
    """Roles, database, schema, keys, and accounts at stand-ins that this measurement never asks."""
    postgresql.psql("-f", "Deploy/postgresql/roles.sql", database="postgres")
    run = dict(cwd=TREE, check=True, stdout=subprocess.DEVNULL)
    season = data / "season"
    subprocess.run([RUXUE, "season", "generate", "--tenant", "430922", "--families", "1", "--out", season], **run)
    port = free_port()
    with server(port, data, "sandbox", "--port", str(port), "--season", season, "--data", data, "--portal",
                "http://127.0.0.1:1"):
        pass
    subprocess.run(
        [RUXUE, "database", "migrate", "--data", data, "--owner-database", postgresql.address("ruxue_owner"),
         "--database", postgresql.address("ruxue_app")], **run)


def anchors(postgresql, data):
    """Tables for pgbench and COPY, and pgbench's script: a row about as wide as an application's, one key."""
    statements = [
        "CREATE TABLE anchor (tenant text, season bigint, id uuid PRIMARY KEY, child bytea, guardian bytea,"
        " receipt text, ticket text, twin_group bytea, data_key bytea, at bigint)"]
    statements += [f"CREATE TABLE anchor_{table} (LIKE {table} INCLUDING INDEXES)" for table in TABLES]
    postgresql.psql("-c", "; ".join(statements))
    script = data / "one-row.sql"
    script.write_text(
        "\\set n random(1, 1000000000)\n"
        "INSERT INTO anchor VALUES ('430922', 2026, gen_random_uuid(), decode(md5('c' || :n), 'hex'),"
        " decode(md5('g' || :n), 'hex'), md5('r' || :n), md5('t' || :n), decode(repeat(md5('w' || :n), 2), 'hex'),"
        " decode(repeat(md5('k' || :n), 3), 'hex'), :n);\n")
    return script


def pgbench(postgresql, script, clients, seconds):
    done = subprocess.run(
        ["pgbench", "-n", "-M", "prepared", "-f", script, "-c", str(clients), "-j", "2", "-T", str(seconds),
         f"{postgresql.host} port=5432 dbname=ruxue user=postgres"],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return float(next(line for line in done.stdout.splitlines() if line.startswith("tps")).split()[2])


def copied(postgresql, data):
    """Applications a second when all rows that submissions have become are copied in, keys and all."""
    for table in TABLES:
        postgresql.psql("-c", f"\\copy (SELECT * FROM {table}) TO '{data}/{table}.copy' (FORMAT binary)")
    lines = ["BEGIN;", *(f"TRUNCATE anchor_{table};" for table in TABLES)]
    lines += [f"\\copy anchor_{table} FROM '{data}/{table}.copy' (FORMAT binary)" for table in TABLES]
    begun = time.monotonic()
    postgresql.psql(stdin="\n".join([*lines, "COMMIT;"]))
    seconds = time.monotonic() - begun
    return int(postgresql.psql("-c", "SELECT count(*) FROM anchor_application")) / seconds


def verified(postgresql, data, receipts, children):
    """What is wrong, by what it is; nothing when every count is 0."""
    (data / "acknowledged").write_text("".join(f"{receipt}\n" for receipt in receipts))
    season = "season = 2026"
    one_each = {
        table: f"SELECT count(*) FROM application a WHERE (SELECT count(*) FROM {table} t WHERE t.tenant = a.tenant"
               f" AND t.season = a.season AND t.application = a.id{more}) <> 1"
        for table, more in (("application_revision", ""), ("decision", ""), ("person_application", ""),
                            ("child_claim", ""), ("application_event", " AND t.seq = 1"))}
    orphans = {
        f"{table} of nobody": f"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT FROM application a WHERE"
                              " a.tenant = t.tenant AND a.season = t.season AND a.id = t.application)"
        for table in ("application_revision", "choice", "fact", "claimed_credential", "job", "decision",
                      "person_application", "child_claim")}
    checks = {
        "lost": "SELECT count(*) FROM acknowledged k WHERE NOT EXISTS (SELECT FROM application a WHERE"
                " a.receipt = k.receipt)",
        "doubled receipts": "SELECT count(*) - count(DISTINCT receipt) FROM application",
        "doubled children": "SELECT count(*) - count(DISTINCT child) FROM application",
        "doubled keys": "SELECT count(*) - count(DISTINCT (person, key_hash)) FROM submission_key",
        "children without a claim": f"SELECT {children} - count(*) FROM child_claim WHERE {season}",
        "applications without a key": "SELECT count(*) FROM application a WHERE (SELECT count(*) FROM submission_key"
                                      " k WHERE k.person = a.guardian AND k.receipt = a.receipt) <> 1",
        "counters": "SELECT count(*) FROM (SELECT tenant, sum(n) AS n FROM counter_delta GROUP BY tenant) d FULL JOIN"
                    " (SELECT tenant, count(*) AS n FROM application GROUP BY tenant) a USING (tenant)"
                    " WHERE d.n IS DISTINCT FROM a.n",
        "audit entries": "SELECT abs((SELECT count(*) FROM application) - count(*)) FROM audit"
                         " WHERE entry LIKE '%application.submit%'",
        **{f"not one {table}": text for table, text in one_each.items()}, **orphans,
    }
    lines = ["CREATE TEMP TABLE acknowledged (receipt text);", f"\\copy acknowledged FROM '{data}/acknowledged'"]
    lines += [f"SELECT '{name}|' || ({text});" for name, text in checks.items()]
    found = dict(line.split("|") for line in postgresql.psql(stdin="\n".join(lines)).splitlines())
    wrong = {name: int(count) for name, count in found.items() if int(count) != 0}
    audit = subprocess.run(
        [RUXUE, "audit", "verify", "--data", data, "--tenants", "Tenants", "--database",
         postgresql.address("ruxue_app"), "--json"], cwd=TREE, stdout=subprocess.PIPE, text=True)
    if audit.returncode != 0:
        wrong["audit chains"] = audit.returncode
    return wrong


def plant(postgresql, data, first, families, name):
    return measure(
        "plant-intake", "--tenants", "Tenants", "--data", data, "--database",
        postgresql.address("ruxue_app", " options='-c synchronous_commit=off'"), "--business-clock", CLOCK,
        "--first", first, "--families", families, "--out", data / name)


def send_arguments(data, portals, name, options):
    return ["send-intake", "--forms", data / name, "--ports", ",".join(str(portal.port) for portal in portals),
            "--connections", options.connections, "--out", data / f"{name}.receipts"]


def receipts_of(data, name):
    return (data / f"{name}.receipts").read_text().split()


def measured(postgresql, data, portals, options):
    planted = [plant(postgresql, data, 1 + n * options.families, options.families, f"forms-{n}")
               for n in range(options.rounds + 1)]
    script = anchors(postgresql, data)
    postgresql.psql("-c", "VACUUM ANALYZE")
    seconds = 2 if options.quick else 5
    rates = {clients: pgbench(postgresql, script, clients, seconds) for clients in (4, 8, 16, 32)}
    best = max(rates, key=rates.get)
    ours, anchor, limit, sent, receipts = [], [], [], [], []
    portal_cpu, our_cpu, anchor_cpu = [], [], []
    for n in range(options.rounds + 1):
        of_database, of_portals = postgresql.cpu_seconds(), sum(cpu_seconds(portal.process.pid) for portal in portals)
        result = measure(*send_arguments(data, portals, f"forms-{n}", options))
        of_database = postgresql.cpu_seconds() - of_database
        of_portals = sum(cpu_seconds(portal.process.pid) for portal in portals) - of_portals
        receipts += receipts_of(data, f"forms-{n}")
        for portal in portals:
            portal.note_peak()
        if n == 0:  # Connections are made and statements prepared.
            continue
        sent.append(result)
        ours.append(result["acknowledged"] / result["seconds"])
        portal_cpu.append(1000 * of_portals / result["acknowledged"])
        our_cpu.append(1000 * of_database / result["acknowledged"])
        of_database = postgresql.cpu_seconds()
        anchor.append(pgbench(postgresql, script, best, seconds))
        anchor_cpu.append(1000 * (postgresql.cpu_seconds() - of_database) / (anchor[-1] * seconds))
        limit.append(copied(postgresql, data))
        print(f"  round {n}: ours {ours[-1]:.0f}/s, pgbench {anchor[-1]:.0f}/s, COPY {limit[-1]:.0f}/s", flush=True)
    children = sum(result["children"] for result in planted)
    wrong = verified(postgresql, data, receipts, children)
    for result in sent:
        for answer, count in result["wrong"].items():
            wrong[f"answer {answer}"] = wrong.get(f"answer {answer}", 0) + count
        if result["unanswered"]:
            wrong["unanswered"] = wrong.get("unanswered", 0) + result["unanswered"]
    rows = postgresql.psql("-c", "; ".join(f"SELECT count(*) FROM {table}" for table in TABLES)).split()
    medians = [statistics.median(figures) for figures in (ours, anchor, limit)]

    def middle(part, figure):
        return statistics.median(result[part][figure] for result in sent)

    print(f"""
B1 durable intake: {len(portals)} ruxue serve, {options.connections} connections, {options.rounds} rounds of \
{options.families} families over {planted[0]['tenants']} tenants
  ours            {medians[0]:8.0f} applications/s   (rounds {', '.join(f'{rate:.0f}' for rate in ours)})
  anchor          {medians[1]:8.0f} commits/s        pgbench, one row, {best} clients (rounds {', '.join(f'{rate:.0f}' for rate in anchor)})
  ratio           {medians[0] / medians[1]:8.2f}                 aim 1.0; an application is {sum(map(int, rows)) / len(receipts):.0f} rows in {len(TABLES)} tables
  limit           {medians[2]:8.0f} applications/s   COPY of the same rows; ratio {medians[0] / medians[2]:.2f}
  processor time  {statistics.median(portal_cpu):.2f} ms an application in the portals, {statistics.median(our_cpu):.2f} ms in the database; pgbench {statistics.median(anchor_cpu):.2f} ms a commit in the database
  large county    p50 {middle('large', 'p50'):.0f} ms, p99 {middle('large', 'p99'):.0f} ms; from the first sending p99 {middle('largeFromFirst', 'p99'):.0f} ms
  other tenants   p50 {middle('other', 'p50'):.0f} ms, p99 {middle('other', 'p99'):.0f} ms; from the first sending p99 {middle('otherFromFirst', 'p99'):.0f} ms
  503             {sum(result['comeBack'] for result in sent)} of {sum(result['acknowledged'] for result in sent)}; told that the child has a claim: {sum(result['claimed'] for result in sent)}
  peak memory     {', '.join(f'{portal.peak:.0f} MB' for portal in portals)}; sender {max(result['peakMegabytes'] for result in sent):.0f} MB
  wrong answers   {sum(wrong.values())} {wrong or ''}
{os.cpu_count()} cores, shared by database, portals and sender""")
    return wrong


def killed(postgresql, data, portals, options):
    """kill -9 of a portal, then of PostgreSQL, while forms come in; the same forms go on afterwards."""
    planted = plant(postgresql, data, 1, options.families, "forms")
    with subprocess.Popen([MEASURE, *map(str, send_arguments(data, portals, "forms", options))], cwd=TREE,
                          stdout=subprocess.PIPE, text=True) as sender:

        def wait_applications(share):
            while sender.poll() is None:
                if int(postgresql.psql("-c", "SELECT count(*) FROM application")) >= share * planted["children"]:
                    return
                time.sleep(0.02)
            raise SystemExit("the forms were through before anything was killed: take more --families")

        wait_applications(0.2)
        portals[0].kill()
        print("  kill -9 of one ruxue serve", flush=True)
        time.sleep(0.5)
        portals[0].start()
        wait_applications(0.5)
        postgresql.kill()
        print("  kill -9 of PostgreSQL, all its processes", flush=True)
        time.sleep(1)
        postgresql.start()
        result = json.loads(sender.communicate()[0])
    receipts = receipts_of(data, "forms")
    wrong = verified(postgresql, data, receipts, planted["children"])
    for answer, count in result["wrong"].items():
        wrong[f"answer {answer}"] = count
    if result["unanswered"]:
        wrong["unanswered"] = result["unanswered"]
    doubled = sum(count for name, count in wrong.items() if name.startswith("doubled"))
    print(f"""
kill -9 under load: {len(portals)} ruxue serve, {options.connections} connections, {planted['forms']} forms
  acknowledged    {len(receipts):8d}   (of these {len(receipts) - len(set(receipts))} a second time, for a form sent again)
  kept            {len(set(receipts)) - wrong.get('lost', 0):8d}
  lost            {wrong.get('lost', 0):8d}
  doubled         {doubled:8d}
  connections that broke under a form: {result['broken']}; 503: {result['comeBack']}
  wrong answers   {sum(wrong.values())} {wrong or ''}""")
    return wrong


def main():
    parser = argparse.ArgumentParser(prog="Deploy/bench intake", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer families and rounds")
    parser.add_argument("--kill", action="store_true", help="kill -9 of a portal and of PostgreSQL under load")
    parser.add_argument("--families", type=int, help="families a round")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--connections", type=int, default=512)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    options.families = options.families or (2000 if options.quick else 6000)
    options.rounds = options.rounds or (2 if options.quick else 5)
    if "RUXUE_MEASURE" not in os.environ:
        subprocess.run(["swift", "build", "-c", "release", "--product", "ruxue-measure"], cwd=TREE, check=True)
    with tempfile.TemporaryDirectory(prefix="ruxue-b1-", dir="/tmp") as temporary:
        folder = Path(temporary)
        folder.chmod(0o711)
        data = folder / "ruxue"
        data.mkdir(mode=0o700)
        postgresql = PostgreSQL(folder)
        portals = []
        try:
            install(postgresql, data)
            for number in range(options.processes):
                portals.append(Portal(postgresql, data, number))
            wrong = (killed if options.kill else measured)(postgresql, data, portals, options)
        finally:
            for portal in portals:
                stop(portal.process)
            postgresql.stop()
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

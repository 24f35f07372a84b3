#!/usr/bin/env python3
"""省级数字：看一次要多久、差多少、对不对，与 GROUP BY、DuckDB 对照 the province's numbers: time, age and truth beside two anchors.

B9: 571,900 applications of 131 tenants, one of which has seven times its share; twelve cubes are looked up as the
province's desk does, while applications are taken in and moved through the product's own repositories with row-level
security on (fsync on). Anchors, in the same rounds on the same server under the same load: the twelve cubes by GROUP BY
over the applications, as a superuser whom no policy slows; and by DuckDB over a copy in memory, whose age is what copying
takes. Rates of one machine mean little: the ratios are the result.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
VENV = TREE / ".venv-bench-province"
PACKAGES = ["duckdb==2.0.0", "psycopg[binary]==3.3.9"]
MEASURE = os.environ.get("RUXUE_MEASURE", TREE / ".build/release/ruxue-measure")
RUXUE = os.environ.get("RUXUE_PROGRAM", TREE / ".build/release/ruxue")
KEYWORDS = os.environ.get("RUXUE_TEST_POSTGRES", "")
CUBES = [
    [], ["stage"], ["state"], ["category"], ["city"], ["tenant"], ["city", "state"], ["tenant", "state"],
    ["city", "category"], ["tenant", "category"], ["category", "state"], ["tenant", "category", "state"],
]


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
    # -P: the measurements beside this one are no modules; one is called `queue`, as one of Python's own.
    script = [VENV / "bin/python", "-P", "-B", __file__, "--inside", *sys.argv[1:]]
    os.execv(TREE / "Deploy/private-postgresql", [str(a) for a in ("private-postgresql", "--durable", *script)])


def connect(database="ruxue"):
    import psycopg

    return psycopg.connect(f"{KEYWORDS} dbname={database}", autocommit=True)


def set_up(rows):
    """The schema by its owner, and the applications with the deltas that their events wrote, one each."""
    subprocess.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", TREE / "Deploy/postgresql/roles.sql",
         f"{KEYWORDS} dbname=postgres"], check=True, stdout=subprocess.DEVNULL)
    where = " ".join(re.search(rf"{key}=\S+", KEYWORDS)[0] for key in ("host", "port"))
    subprocess.run(
        [MEASURE, "migrate", "--owner-database", f"postgres:{where} user=ruxue_owner dbname=ruxue"], check=True,
        stdout=subprocess.DEVNULL)
    listed = json.loads(subprocess.run(
        [RUXUE, "tenant", "list", "--json"], cwd=TREE, check=True, stdout=subprocess.PIPE, text=True).stdout)
    codes = [tenant["code"] for tenant in listed]
    with connect() as connection:
        connection.execute("CREATE TABLE bench_city (tenant text PRIMARY KEY, city text NOT NULL, place bigint NOT NULL)")
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO bench_city VALUES (%s, %s, %s)",
                [(tenant["code"], tenant["city"], number) for number, tenant in enumerate(listed)])
        connection.execute(
            """
            INSERT INTO application (tenant, season, id, receipt, child, guardian, round, stage, state, state_since,
              revision, ticket, twin_group, person_asked, submitted_at, data_key, key_subject, category)
            SELECT c.tenant, 2026, decode(md5(n::text), 'hex'), 'R-' || n, decode(md5('c' || n), 'hex'),
              decode(md5('g' || n), 'hex'), 'public', CASE WHEN n %% 3 = 0 THEN 'junior' ELSE 'primary' END,
              state, 0, 1, 't' || n, decode(md5(n::text), 'hex'), 0, 0, decode(repeat('07', 48), 'hex'),
              decode(md5(n::text), 'hex'),
              CASE WHEN state IN ('qualified', 'accepted', 'offered') THEN
                (ARRAY['household_and_home', 'household_only', 'home_only', 'neither'])[1 + n %% 4] END
            FROM (
              SELECT n, (ARRAY['verifying', 'needs_repair', 'first_review', 'second_review', 'withdrawn', 'offered',
                'accepted', 'qualified', 'qualified', 'qualified', 'qualified', 'qualified'])[1 + n * 7 %% 12] AS state,
                greatest(0, n * 31 %% %(shares)s - 6) AS place
              FROM generate_series(1, %(rows)s) AS n) AS made
            JOIN bench_city c USING (place)""",
            {"rows": rows, "shares": len(codes) + 6})
        connection.execute(
            """
            INSERT INTO counter_delta (tenant, season, stage, category, state, n)
            SELECT tenant, season, stage, COALESCE(category, ''), state, 1 FROM application""")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    return f"postgres:{where} user=ruxue_app dbname=ruxue", len(codes)


class Ours:
    """The measuring process: its load goes on while anchors take their turn."""

    def __init__(self, address, writers):
        self.process = subprocess.Popen(
            [MEASURE, "province", "--database", address, "--tenants", TREE / "Tenants", "--writers", str(writers)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self):
        text = self.process.stdout.readline()
        answer = json.loads(text) if text else {"failed": f"it ended with {self.process.wait()}"}
        if "failed" in answer:
            self.process.kill()
            raise SystemExit(f"ruxue-measure province: {answer['failed']}")
        return answer

    def end(self):
        self.process.stdin.close()
        return self.answer()


def by_group_by(connection, times):
    """Milliseconds of twelve cubes, each time from the applications as they are."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        for cube in CUBES:
            group = f"GROUP BY {', '.join(cube)}" if cube else ""
            connection.execute(
                f"SELECT {', '.join([*cube, 'count(*)'])} FROM application JOIN bench_city USING (tenant) "
                f"WHERE season = 2026 {group}").fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def by_duckdb(connection, folder, times):
    """Milliseconds of twelve cubes over a copy, and of making the copy."""
    import duckdb

    began = time.perf_counter()
    file = folder / "copy.csv"
    with file.open("wb") as output, connection.cursor().copy(
        "COPY (SELECT tenant, city, stage, state, category FROM application JOIN bench_city USING (tenant) "
        "WHERE season = 2026) TO STDOUT (FORMAT csv)"
    ) as copy:
        for block in copy:
            output.write(block)
    database = duckdb.connect()
    database.execute(
        f"CREATE TABLE application AS SELECT * FROM read_csv('{file}', header=false, columns="
        "{'tenant': 'VARCHAR', 'city': 'VARCHAR', 'stage': 'VARCHAR', 'state': 'VARCHAR', 'category': 'VARCHAR'})")
    copied = (time.perf_counter() - began) * 1000
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        for cube in CUBES:
            group = f"GROUP BY {', '.join(cube)}" if cube else ""
            database.execute(f"SELECT {', '.join([*cube, 'count(*)'])} FROM application {group}").fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    database.close()
    return taken, copied


def main():
    parser = argparse.ArgumentParser(prog="Deploy/bench province", description=__doc__)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=571_900)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--looks", type=int, default=4000, help="in each round")
    parser.add_argument("--writers", type=int, default=2)
    options = parser.parse_args()
    if not options.inside:
        prepare()
    address, tenants = set_up(options.rows)
    ours, folds, group_by, duck, copies = [], [], [], [], []
    process = Ours(address, options.writers)
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"ruxue-bench-province-{os.getpid()}"
    folder.mkdir(mode=0o700)
    try:
        with connect() as connection:
            for number in range(options.rounds):
                ours.append(process.ask(f"look {options.looks}"))
                folds.append(process.ask("fold"))
                group_by += by_group_by(connection, 3)
                times, copied = by_duckdb(connection, folder, 20)
                duck += times
                copies.append(copied)
                process.ask("recount")
                print(
                    f"  {number + 1}: ours p99 {ours[-1]['p99']:.0f} µs, {ours[-1]['p99Age']:.0f} ms old; "
                    f"fold {folds[-1]['milliseconds']:.0f} ms of {folds[-1]['deltas']} deltas; GROUP BY "
                    f"{statistics.median(group_by[-3:]):.0f} ms; DuckDB {statistics.median(times):.1f} ms + copy "
                    f"{copied:.0f} ms; {ours[-1]['taken']:.0f} taken in and {ours[-1]['moved']:.0f} moved a second",
                    file=sys.stderr, flush=True)
        end = process.end()
    finally:
        process.process.kill()
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    report(options, tenants, ours, folds, group_by, duck, copies, end)


def report(options, tenants, ours, folds, group_by, duck, copies, end):
    p99 = max(look["p99"] for look in ours) / 1000
    anchor, anchor_duck = statistics.median(group_by), statistics.median(duck)
    rows = [
        ("ours: twelve cubes, p99 of the worst round", f"{p99:.3f} ms", "1 ms or less"),
        ("  median", f"{statistics.median(look['median'] for look in ours) / 1000:.3f} ms", ""),
        ("  slowest of all", f"{max(look['slowest'] for look in ours) / 1000:.2f} ms", ""),
        ("  age when served, p99 of the worst round", f"{max(look['p99Age'] for look in ours):.0f} ms", "1000 ms or less"),
        ("  oldest", f"{max(look['oldest'] for look in ours):.0f} ms", ""),
        ("  a fold from the database, median", f"{statistics.median(f['milliseconds'] for f in folds):.0f} ms", ""),
        ("PostgreSQL GROUP BY, median", f"{anchor:.0f} ms", ""),
        ("DuckDB over a copy, median", f"{anchor_duck:.1f} ms", ""),
        ("  its copy, median: how old it is at best", f"{statistics.median(copies):.0f} ms", ""),
        ("ratio GROUP BY : our p99", f"{anchor / p99:,.0f}", ""),
        ("ratio DuckDB : our p99", f"{anchor_duck / p99:,.0f}", ""),
        ("taken in meanwhile, median", f"{statistics.median(look['taken'] for look in ours):.0f} /s", ""),
        ("moved meanwhile, median", f"{statistics.median(look['moved'] for look in ours):.0f} /s", ""),
        ("applications at the end", f"{end['applications']:,} in {tenants} tenants", ""),
        ("tenants wrong in recounts, most under load", f"{end['wrong']} in {end['recounts']} recounts", "0"),
        ("peak memory of the measuring process", f"{end['peakMegabytes']:.0f} MB", ""),
    ]
    print(f"\n{'what':52} {'figure':>24}  aim")
    for what, figure, aim in rows:
        print(f"{what:52} {figure:>24}  {aim}".rstrip())
    print(f"\n{os.cpu_count()} cores, shared by the database, the load, the looks and the anchors; limit 2 ms a cube")
    if end["wrong"]:
        raise SystemExit("the counters differ from a recount")


if __name__ == "__main__":
    main()

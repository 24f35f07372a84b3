"""Counts what the product's families were shown against what its database holds.

    receipts.py URL ACCESS_LOG MARKS REPORT    acknowledged, kept, lost, doubled, seconds without service

A receipt was shown when a page under /family/applications/RECEIPT was answered with 200: nginx wrote that down, which
knows neither the replay's opinion nor the database. URL is a superuser's: row policies hide other people's rows from all
others.
"""
import datetime, json, re, sys

import psycopg2

LINE = re.compile(r"^(\S+) (GET|POST) (\S+) (\d+) ")
RECEIPT = re.compile(r"^/(?:en/)?(?:family|api/v1)/applications/([^/]+)$")


def served(path):
    """When each page was answered well, and the receipts among them."""
    shown, submitted = set(), []
    with open(path) as lines:
        for line in lines:
            found = LINE.match(line)
            if not found:
                continue
            at, method, address, status = found.groups()
            if method == "GET" and status == "200" and (receipt := RECEIPT.match(address)):
                shown.add(receipt[1])
            if method == "POST" and status in ("302", "303"):
                submitted.append(datetime.datetime.fromisoformat(at).timestamp())
    return shown, sorted(submitted)


def main():
    url, access, marks_path, report_path = sys.argv[1:]
    shown, times = served(access)
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT receipt FROM application")
        kept = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT coalesce(sum(n - 1), 0)::int FROM (SELECT count(*) AS n FROM application WHERE state <> 'withdrawn'"
            " GROUP BY season, child) AS live WHERE n > 1")
        doubled = cursor.fetchone()[0]
    with open(marks_path) as lines:
        marks = [float(line.split()[0]) for line in lines if line.strip()]
    silences = []
    for since, until in zip(marks, marks[1:] + [float("inf")]):
        # nginx writes whole seconds, so each figure is one second too long or too short at most.
        pairs = [b - a for a, b in zip(times, times[1:]) if since < b <= until]
        silences.append(max(pairs, default=0))
    with open(report_path) as text:
        report = json.load(text)
    lost = shown - kept
    json.dump({
        "acknowledged": len(shown), "kept": len(kept), "lost": len(lost), "doubled": doubled,
        "without_service_seconds": silences, "filed": report.get("filed"),
        "disagreements": len(report.get("disagreements", [])), "failures": len(report.get("failures", [])),
        "traffic": report.get("traffic"),
    }, sys.stdout)
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())

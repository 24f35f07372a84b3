"""Families that submit while something breaks, and the count of what became of it. Used by failover and restore-drill.

    submissions.py create URL                     the tables, as the owner
    submissions.py send URL JOURNAL [options]     submits until SIGTERM, then ends what is under way
    submissions.py count URL JOURNAL MARKS        acknowledged, kept, lost, doubled, seconds without service
    submissions.py digest URL [--until SECONDS]   rows and their digest

The discipline is the product's: one transaction holds the family's key, the claim on the child and the application; a
commit whose outcome is unknown is repeated under the same key; a family is shown a receipt only after a COMMIT that wrote.
"""
import argparse, collections, hashlib, json, random, signal, sys, threading, time, uuid

import psycopg2
from psycopg2 import errors

TABLES = """
CREATE TABLE submission_key (
    key text PRIMARY KEY, child text NOT NULL, receipt text NOT NULL, asked integer NOT NULL);
CREATE TABLE child_claim (child text PRIMARY KEY, receipt text NOT NULL);
-- No unique constraint on the child: it is the claim that must keep a second application out, and the count that tells.
CREATE TABLE application (receipt text PRIMARY KEY, child text NOT NULL, answers text NOT NULL, at double precision NOT NULL);
GRANT SELECT, INSERT, UPDATE ON submission_key, child_claim, application TO ruxue_app;
"""

Submission = collections.namedtuple("Submission", "key child")


class Unknown(Exception):
    """Whether the transaction is durable cannot be known; the same key will tell."""


class Family:
    """One connection, and the submissions that go through it one after the other."""

    def __init__(self, url, options):
        self.url, self.options, self.connection = url, options, None

    def submit(self, submission, patience):
        """Repeats until there is an answer: a receipt, or None where another application holds the child."""
        attempts = 0
        while True:
            attempts += 1
            if self.options.fresh_keys:
                submission = submission._replace(key=str(uuid.uuid4()))
            try:
                return self.once(submission), attempts
            # Cut off, not reachable, shutting down, recovering, full, a standby now, a row somebody else holds: again.
            except (psycopg2.OperationalError, psycopg2.InterfaceError, Unknown, errors.ReadOnlySqlTransaction):
                self.leave()
                if patience.wait(0.05):
                    raise

    def once(self, submission):
        if self.connection is None:
            self.connection = psycopg2.connect(self.url, connect_timeout=3)
            if self.options.local_commit:
                with self.connection, self.connection.cursor() as cursor:
                    cursor.execute("SET synchronous_commit = local")
        connection, receipt = self.connection, uuid.uuid4().hex[:16]
        with connection.cursor() as cursor:
            # An earlier receipt is written over rather than read: a transaction that only reads does not wait for the
            # standby, and would show a receipt that the next primary may not have.
            cursor.execute(
                "INSERT INTO submission_key AS kept (key, child, receipt, asked) VALUES (%s, %s, %s, 1)"
                " ON CONFLICT (key) DO UPDATE SET asked = kept.asked + 1 RETURNING receipt",
                (submission.key, submission.child, receipt))
            known = cursor.fetchone()[0]
            if known == receipt:
                if not self.options.fresh_keys:
                    cursor.execute(
                        "INSERT INTO child_claim (child, receipt) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                        (submission.child, receipt))
                    if cursor.rowcount == 0:
                        connection.rollback()
                        return None
                cursor.execute(
                    "INSERT INTO application (receipt, child, answers, at) VALUES (%s, %s, %s, %s)",
                    (receipt, submission.child, "x" * 600, time.time()))
        del connection.notices[:]
        connection.commit()
        # "canceling wait for synchronous replication": the server says COMMIT, and the standby may not have it.
        if any("synchronous replication" in notice for notice in connection.notices):
            raise Unknown
        return known

    def leave(self):
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except psycopg2.Error as error:
                print(f"closing: {error.pgcode}", file=sys.stderr)


class Load:
    """Families at several counters at once; some press the button twice, some children have two guardians who apply."""

    def __init__(self, options):
        self.options = options
        self.stopping, self.impatient = threading.Event(), threading.Event()
        self.again = collections.deque()
        self.lock, self.acknowledged, self.refused, self.repeated = threading.Lock(), 0, 0, 0
        self.defects = []

    def next(self, chance):
        try:
            return self.again.popleft()
        except IndexError:
            submission = Submission(str(uuid.uuid4()), uuid.uuid4().hex)
        draw = chance.random()
        if draw < 0.05:
            self.again.append(submission)
        elif draw < 0.06:
            self.again.append(submission._replace(key=str(uuid.uuid4())))
        return submission

    def work(self, number, journal):
        family, chance = Family(self.options.url, self.options), random.Random(number)
        pause = self.options.workers / self.options.rate if self.options.rate else 0
        try:
            while not self.stopping.is_set():
                begun = time.monotonic()
                submission = self.next(chance)
                receipt, attempts = family.submit(submission, self.impatient)
                with self.lock:
                    self.repeated += attempts - 1
                    if receipt is None:
                        self.refused += 1
                    else:
                        self.acknowledged += 1
                        journal.write(f"{time.time():.6f} {receipt} {submission.key} {submission.child}\n")
                self.stopping.wait(max(0, pause - (time.monotonic() - begun)))
        except Exception as error:  # A thread that dies in silence would look like a quiet load.
            self.defects.append(f"{type(error).__name__}: {error}")
            self.stopping.set()
        finally:
            family.leave()

    def run(self):
        signal.signal(signal.SIGTERM, lambda *_: self.stopping.set())
        with open(self.options.journal, "w", buffering=1) as journal:
            threads = [threading.Thread(target=self.work, args=(n, journal)) for n in range(self.options.workers)]
            for thread in threads:
                thread.start()
            # Signals are delivered between the waits of this thread only.
            while not self.stopping.wait(0.2):
                pass
            deadline = time.monotonic() + 60
            for thread in threads:
                thread.join(max(0, deadline - time.monotonic()))
            self.impatient.set()
            for thread in threads:
                thread.join()
        json.dump({"receipts_shown": self.acknowledged, "refused": self.refused, "repeated": self.repeated,
                   "defects": self.defects}, sys.stdout)
        return 70 if self.defects else 0


def rows(url, until=None):
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT receipt, child, answers, at FROM application WHERE %s IS NULL OR at <= %s ORDER BY receipt",
                       (until, until))
        return cursor.fetchall()


def digest(found):
    return {"rows": len(found), "digest": hashlib.sha256(json.dumps(found).encode()).hexdigest()}


def read_journal(path):
    with open(path) as lines:
        for line in lines:
            at, receipt, key, child = line.split()
            yield float(at), receipt, key, child


def longest_silence(times, since, until):
    """The longest time between two acknowledgements, of those that end within a span."""
    silence = 0.0
    for earlier, later in zip(times, times[1:]):
        if since < later <= until:
            silence = max(silence, later - earlier)
    return round(silence, 2)


def count(options):
    journal = list(read_journal(options.journal))
    kept = {receipt: child for receipt, child, _, _ in rows(options.url)}
    with psycopg2.connect(options.url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT key, receipt FROM submission_key")
        keys = dict(cursor.fetchall())
    children = collections.Counter(kept.values())
    shown = collections.defaultdict(set)
    for _, receipt, key, _ in journal:
        shown[key].add(receipt)
    receipts = {receipt: (key, child) for _, receipt, key, child in journal}
    lost = [r for r, (key, child) in receipts.items()
            if kept.get(r) != child or not options.fresh_keys and keys.get(key) != r]
    doubled = sum(n - 1 for n in children.values() if n > 1) + sum(len(s) - 1 for s in shown.values() if len(s) > 1)
    with open(options.marks) as lines:
        marks = [float(line.split()[0]) for line in lines if line.strip()]
    times = sorted(at for at, *_ in journal)
    ends = marks[1:] + [float("inf")]
    found = {
        "acknowledged": len(receipts), "kept": len(kept), "lost": len(lost), "doubled": doubled,
        "without_service_seconds": [longest_silence(times, since, until) for since, until in zip(marks, ends)],
        "acknowledged_after_last": sum(1 for at in times if marks and at > marks[-1]),
        "per_second": round(len(times) / max(0.001, times[-1] - times[0])) if times else 0,
    }
    json.dump(found, sys.stdout)
    return 1 if lost or doubled else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["create", "send", "count", "digest"])
    parser.add_argument("url")
    parser.add_argument("journal", nargs="?")
    parser.add_argument("marks", nargs="?")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--rate", type=float, help="submissions a second; as fast as it goes without")
    parser.add_argument("--until", type=float)
    parser.add_argument("--fresh-keys", action="store_true", help="breaks the discipline, to see the count turn red")
    parser.add_argument("--local-commit", action="store_true", help="does not wait for the standby, likewise")
    options = parser.parse_args()
    if options.action == "create":
        with psycopg2.connect(options.url) as connection, connection.cursor() as cursor:
            cursor.execute(TABLES)
        return 0
    if options.action == "send":
        return Load(options).run()
    if options.action == "digest":
        json.dump(digest(rows(options.url, options.until)), sys.stdout)
        return 0
    return count(options)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""地址：全省每个社区按各种写法读出的准确率与每秒条数，与 jionlp、cpca、addressparser 对照 addresses read, beside three anchors.

B4: every community of the province, written in full and shortened, with one typing error, and under the county's old
name, read by the product's own address book on one core; the anchors read a sample of the same texts in the same run,
cpca and addressparser in bulk. Texts that several communities share are counted apart: there only a list is right.
cpca and addressparser know no communities, so they are compared by the county they find. jionlp's dictionary is where
the communities come from. A mistyped text that is another real place's, letter by letter, is not used.
"""
import sys

# No file of this folder is a module of the libraries'.
sys.path.pop(0)

import argparse
import collections
import csv
import json
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
GAZETTEER = TREE / "Tenants/gazetteer"
VENV = TREE / ".venv-bench-addresses"
PACKAGES = ["jionlp==1.5.31", "cpca==0.5.5", "addressparser==0.2.4", "six==1.17.0", "setuptools==65.5.0"]
MEASURE = TREE / ".build/release/ruxue-measure"
TAIL = "样例路8号"
OLD = {"430182": "宁乡县", "430582": "邵东县", "431181": "祁阳县", "430212": "株洲县", "430112": "望城县"}
FORMS = ["full", "no province", "township + community", "county + community", "community alone", "one typing error",
         "old county name"]


def prepare():
    """Goes on in an environment of its own. An anchor that cannot be installed is left out, and said so."""
    mark = VENV / "installed.txt"
    if not mark.exists() or mark.read_text() != " ".join(PACKAGES):
        base = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable
        subprocess.run([base, "-m", "venv", "--clear", VENV], check=True)
        pip = [VENV / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for package in reversed(PACKAGES):
            if subprocess.run([*pip, package]).returncode != 0:
                print(f"{package} could not be installed", file=sys.stderr)
        mark.write_text(" ".join(PACKAGES))
    if "RUXUE_MEASURE" not in os.environ:
        subprocess.run(["swift", "build", "-c", "release", "--product", "ruxue-measure"], cwd=TREE, check=True)
    script = [VENV / "bin/python", "-B", __file__, "--inside", *sys.argv[1:]]
    os.execv(script[0], [str(a) for a in script])


def table(name):
    with open(GAZETTEER / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def stem(name):
    for suffix in ("社区", "村", "街道", "镇", "乡"):
        if name.endswith(suffix) and len(name) > len(suffix):
            return name[:-len(suffix)]
    return name


def mistype(name, letters, chance):
    """One character another, missing, twice, or in its neighbour's place."""
    at = chance.randrange(len(name))
    kind = chance.choice(["another", "another", "missing", "twice", "swapped"])
    if kind == "another":
        return name[:at] + chance.choice(letters) + name[at + 1:]
    if kind == "missing":
        return name[:at] + name[at + 1:]
    if kind == "twice":
        return name[:at] + name[at] + name[at:]
    at = min(at, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2:]


def make_cases():
    """Form, text, canonical community and county's name; the same each time."""
    divisions = {row["code"]: row["name"] for row in table("divisions.csv")}
    rows = [(row["county_code"], row["township"], row["community"]) for row in table("communities.csv")]
    chance = random.Random(4)
    letters = sorted({letter for row in rows for letter in row[2]})
    communities, townships = collections.defaultdict(set), collections.defaultdict(set)
    for county, township, community in rows:
        communities[county, township].add(community)
        townships[county].add(township)
    cases = []
    for row in rows:
        county, township, community = row
        city, name = divisions[county[:4] + "00"], divisions[county]
        texts = {
            "full": f"湖南省{city}{name}{township}{community}", "no province": f"{city}{name}{township}{community}",
            "township + community": f"{township}{community}", "county + community": f"{name}{community}",
            "community alone": community,
        }
        if county in OLD:
            texts["old county name"] = f"{city}{OLD[county]}{township}{community}"
        if chance.random() < 0.5:
            wrong, known = mistype(community, letters, chance), communities[county, township]
            text = f"{name}{township}{wrong}"
        else:
            wrong, known = mistype(township, letters, chance), townships[county]
            text = f"{name}{wrong}{community}"
        begins = {wrong[:length] for length in range(2, len(wrong) + 1)}
        if not known & begins and stem(wrong) not in map(stem, known):
            texts["one typing error"] = text
        cases += [(form, text + TAIL, "/".join(row), name) for form, text in texts.items()]
    meant = collections.defaultdict(set)
    for form, text, community, _ in cases:
        meant[form, text].add(community)
    return [(form if len(meant[form, text]) == 1 else form + ", shared", text, community, county)
            for form, text, community, county in cases]


def run_ours(cases, rounds):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.tsv"
        file.write_text("".join(f"{form}\t{text}\t{community}\n" for form, text, community, _ in cases), encoding="utf-8")
        program = os.environ.get("RUXUE_MEASURE", MEASURE)
        done = subprocess.run(
            [program, "addresses", "--gazetteer", GAZETTEER, "--cases", file, "--rounds", str(rounds)],
            stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def jionlp_reader():
    import jionlp

    def read(texts):
        found = (jionlp.parse_location(text, town_village=True) for text in texts)
        return [(each["county"], each["town"], each["village"]) for each in found]

    return read


def table_reader(name):
    module = __import__(name)

    def read(texts):
        return [(county, None, None) for county in module.transform(texts)["区"]]

    return read


def run_anchor(name, reader, samples, rounds):
    """The share of counties and of communities found, and the addresses read a second, by form."""
    try:
        read = reader()
        read([TAIL])
    except Exception as error:
        print(f"{name} is left out: {error!r}", file=sys.stderr)
        return None
    result = {}
    for form, cases in samples.items():
        best = 0
        for _ in range(rounds):
            began = time.perf_counter()
            found = read([case[1] for case in cases])
            best = max(best, len(cases) / (time.perf_counter() - began))
        pairs = list(zip(cases, found))
        result[form] = {
            "per_second": best, "counties": sum(place[0] == case[3] for case, place in pairs) / len(pairs),
            "communities": sum(
                place[0] == case[3] and list(place[1:]) == case[2].split("/")[1:] for case, place in pairs) / len(pairs)}
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=2_000, help="addresses of each form that the anchors read")
    parser.add_argument("--typos", type=int, default=10_000, help="texts with a typing error")
    parser.add_argument("--quick", action="store_true", help="1 round, 200 of each form for the anchors, 2,000 typos")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.inside:
        prepare()
    if options.quick:
        options.rounds, options.sample, options.typos = 1, 200, 2_000

    cases = make_cases()
    typos = [case for case in cases if case[0] == "one typing error"]
    kept = set(random.Random(6).sample(range(len(typos)), min(options.typos, len(typos))))
    cases = [case for case in cases if not case[0].startswith("one typing error")]
    cases += [case for index, case in enumerate(typos) if index in kept]
    by_form = collections.defaultdict(list)
    for case in cases:
        by_form[case[0]].append(case)
    chance = random.Random(5)
    samples = {form: chance.sample(by_form[form], min(options.sample, len(by_form[form]))) for form in FORMS}
    ours = run_ours(cases, options.rounds)
    anchors = {name: run_anchor(name, reader, samples, options.rounds) for name, reader in [
        ("jionlp", jionlp_reader), ("cpca", lambda: table_reader("cpca")),
        ("addressparser", lambda: table_reader("addressparser"))]}
    figures = {"ours": ours, "anchors": anchors, "sample": options.sample}
    if anchors["cpca"]:
        figures["ratio_cpca"] = {
            form: ours["forms"][form]["perSecond"] / anchors["cpca"][form]["per_second"] for form in FORMS}
    if options.json:
        return print(json.dumps(figures, ensure_ascii=False))
    heads = ["certain", "to ask", "listed", "unread", "wrong", "certain"]
    print(f"{'form':30} {'texts':>7} {heads[0]:>8} " + " ".join(f"{head:>7}" for head in heads[1:]) + f" {'a second':>9}")
    print(f"{'':71} {'to ask':>7} {'& wrong':>7}")
    for form in sorted(ours["forms"], key=lambda form: (FORMS.index(form.removesuffix(", shared")), form)):
        each = ours["forms"][form]
        shares = [each[key] / each["addresses"] for key in ("confident", "proposed", "listed", "unread", "misproposed")]
        print(f"{form:30} {each['addresses']:7,} {shares[0]:8.2%} " + " ".join(f"{share:7.2%}" for share in shares[1:])
              + f" {each['wrong']:7} {each['perSecond']:9,.0f}")
    for name, anchor in anchors.items():
        print(f"\n{name}" + ("" if anchor else ": could not be installed or run here"))
        for form in FORMS if anchor else []:
            each = anchor[form]
            mine = ours["forms"][form]
            print(f"  {form:28} community {each['communities']:7.2%}  county {each['counties']:7.2%} "
                  f"(ours {mine['countyRight'] / mine['addresses']:7.2%})  {each['per_second']:9,.0f}/s  "
                  f"ours {mine['perSecond'] / each['per_second']:.1f} ×")
    print(f"\nbuilt in {ours['buildSeconds']:.2f} s, peak memory {ours['peakMegabytes']:.0f} MB, one core, "
          f"best of {options.rounds} rounds. Aim: 99 % on short forms, no wrong but certain, 5 × cpca in bulk")


if __name__ == "__main__":
    main()

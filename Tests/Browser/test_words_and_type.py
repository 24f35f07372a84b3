"""English and large type: the same pages, complete."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from province import ROOT, TAOJIANG

HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+")
# Read off a paper, so they are shown as they are printed on it; and the title of a published document.
PRINTED = ["不动产权证书", "房屋所有权证", "不动产权证", "桃江县2024年县城小学招生计划（依据湘教通〔2024〕90号）"]


def chinese_left(family, names: list[str]) -> list[str]:
    """Chinese in the page's text that is neither marked as Chinese, nor a list of places, nor one of these names."""
    text = family.page.evaluate(
        """() => {
            const copy = document.body.cloneNode(true);
            copy.querySelectorAll('[lang^=zh], option, script').forEach(part => part.remove());
            return copy.textContent;
        }"""
    )
    text = re.sub(r"湘\(\d+\)桃江县不动产权第\d+号|湖南省益阳市\S+[号组室]", "", text)
    for name in sorted(names + PRINTED, key=len, reverse=True):
        text = text.replace(name, "")
    return HAN.findall(text)


def test_the_family_pages_are_complete_in_english(visit):
    family = visit()
    case = family.province.family("own_home")
    child = case["children"][0]
    family.sign_in_by_account(case["subject"])
    family.page.get_by_role("button", name="English").click()
    expect(family.page.locator("html")).to_have_attribute("lang", "en")
    home, place = child["answers"]["home"], child["answers"]["place"]
    names = [child["name"], home["ownerName"], place["township"], place["community"], place["address"], home["certificateNumber"]]
    names += family.page.locator(".who, main .lead").all_inner_texts()[0].split()
    left: dict[str, list[str]] = {}

    def look(page: str) -> None:
        left[page] = chinese_left(family, names + parents)
        family.shoot(f"b-{page}-english")

    # The reasons quote the published plan, which names communities.
    plan = next((ROOT / "Tenants").glob(f"*/{TAOJIANG}-*/*/catchments.yaml")).read_text()
    names += HAN.findall(plan)
    parents: list[str] = []
    look("consent")
    family.page.locator("main form button").click()
    expect(family.page.locator(".card.child")).to_be_visible()
    look("children")
    family.page.locator(".card.child form button").first.click()
    expect(family.page.locator("[name=relation]").first).to_be_visible()
    family.tick("relation", child["answers"]["place"]["relation"])
    look("place")
    family.page.locator("main form button.button").last.click()
    expect(family.page.locator("[name=kind]").first).to_be_visible()
    # The owner is chosen from the family's names, which are shown as the register writes them.
    parents += [label.strip().split("\n")[0] for label in family.page.locator("label[for^=owner]").all_inner_texts()]
    family.type_home(child["answers"]["home"])
    look("home")
    family.page.locator("main form button.button").last.click()
    expect(family.page.locator("#phone")).to_be_visible()
    look("check")
    receipt = family.agree_and_submit()
    family.banner("All checks are done")
    look("state")
    for part in ("why", "receipt", "withdraw"):
        family.open(f"/family/applications/{receipt}/{part}")
        look(part)
    for part in ("/family/queries", "/family/children/new", "/help", "/nowhere"):
        family.open(part)
        look(part.rsplit("/", 1)[1])
    assert {page: words for page, words in left.items() if words} == {}


def test_large_type_is_kept_and_grows_every_family_page(visit):
    family = visit()
    family.open("/")
    size = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    normal = family.page.evaluate(size)
    family.page.get_by_role("button", name="大字").click()
    expect(family.page.locator("html")).to_have_class(re.compile("large"))
    assert family.page.evaluate("getComputedStyle(document.body).fontSize") == "23px"
    assert family.page.evaluate(size) > normal
    family.shoot("b-landing-large")
    case = family.province.family("own_home")
    family.sign_in_by_account(case["subject"])
    expect(family.page.locator("html")).to_have_class(re.compile("large"))
    family.consent()
    family.shoot("b-children-large")
    family.choose_child(case["children"][0]["name"])
    family.shoot("b-place-large")
    family.type_answers(case["children"][0]["answers"])
    family.shoot("b-check-large")
    family.agree_and_submit()
    family.banner("核验通过")
    family.shoot("b-state-large")
    family.page.get_by_role("button", name="标准字").click()
    expect(family.page.locator("html")).not_to_have_class(re.compile("large"))

"""What holds on every main page: axe finds nothing serious, targets and type are large enough, pages are light."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from desk import Desk
from province import TAOJIANG
from visitor import DESKTOP

WEIGHT = 60 * 1024
SMALL_TARGETS = """() => [...document.querySelectorAll('main form button, main form a, main form select, main form summary, main form textarea,'
  + 'main form input:not([type=hidden]):not([type=radio]):not([type=checkbox]), main .choice label, main a.button, main summary')]
  .filter(each => each.getClientRects().length && !each.closest('.first-submit') && each.tabIndex >= -1 && !each.matches('.first-submit'))
  .map(each => [each.textContent.trim().slice(0, 20) || each.name, Math.round(each.getBoundingClientRect().height * 10) / 10])
  .filter(([, height]) => height < 48)"""


def axe_finds_nothing(page, name: str) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{name}: {each['id']} ({each['impact']}): {', '.join(str(node['target']) for node in each['nodes'][:3])}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def test_family_pages_are_accessible_and_light(visit):
    family = visit()
    case = family.province.family("mistyped_number")
    child = case["children"][0]
    problems: list[str] = []
    weights: dict[str, int] = {}

    def look(name: str) -> None:
        problems.extend(axe_finds_nothing(family.page, name))
        problems.extend(f"{name}: “{text}” is {height} px high" for text, height in family.page.evaluate(SMALL_TARGETS))
        size = family.page.evaluate("getComputedStyle(document.querySelector('main p, main label')).fontSize")
        body = family.page.evaluate("getComputedStyle(document.querySelector('main')).fontSize")
        if float(body.removesuffix("px")) < 18:
            problems.append(f"{name}: body text of {body} ({size})")
        if family.page.locator("h1").count() != 1:
            problems.append(f"{name}: has not exactly one h1")

    def weigh(path: str) -> None:
        """The page with everything it needs, in a browser that has nothing of it yet."""
        fresh = family.context.new_page()
        sizes: list[int] = []
        devtools = family.context.new_cdp_session(fresh)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        fresh.goto(family.province.portal + path, wait_until="load")
        weights[path] = sum(sizes)
        fresh.close()

    family.open("/")
    look("landing")
    family.sign_in_by_account(case["subject"])
    look("consent")
    family.consent()
    look("children")
    family.open("/family/children/new")
    look("child by hand")
    family.open("/family")
    family.choose_child(child["name"])
    look("place")
    place = family.page.url.removeprefix(family.province.portal)
    family.type_answers(child["answers"])
    look("check")
    family.page.get_by_role("button", name="提交登记").click()
    look("check with errors")
    draft = place.rsplit("/", 1)[0]
    family.open(f"{draft}/home")
    look("home")
    family.open(f"{draft}/check")
    receipt = family.agree_and_submit()
    family.banner("请核对一项")
    look("state")
    for part in ("why", "repair/real_estate_title", "person/real_estate_title", "receipt", "withdraw"):
        family.open(f"/family/applications/{receipt}/{part}")
        look(part)
    for path in ("/family/queries", "/help", "/nowhere", f"/t/{TAOJIANG}", "/tenants"):
        family.open(path)
        problems.extend(axe_finds_nothing(family.page, path))
    for path in ("/", "/family", f"/family/applications/{receipt}/why", f"/family/applications/{receipt}/receipt", f"/t/{TAOJIANG}", "/tenants", "/help"):
        weigh(path)
    problems.extend(f"{path} weighs {weight} bytes" for path, weight in weights.items() if not 0 < weight < WEIGHT)
    assert not problems, "\n".join(problems)


def test_desk_pages_are_accessible(visit):
    family = visit()
    receipt = family.apply(family.province.family("own_home"))
    desk = Desk(visit(viewport=DESKTOP), "桃江县 初审")
    problems: list[str] = []
    for path in ("", "/seats", "/admission", "/left", f"/cases/{receipt}"):
        desk.officer.open(f"/county/{TAOJIANG}{path}")
        problems.extend(axe_finds_nothing(desk.page, path or "list"))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("name", "path"), [("d0-tenants", "/tenants"), ("d1-taojiang", f"/t/{TAOJIANG}"), ("d2-template", "/t/430903"), ("d3-help", "/help"), ("d4-changsha", "/t/430121")])
def test_public_pages_fit_a_phone_and_a_desktop(visit, name, path):
    visitor = visit()
    answer = visitor.page.goto(visitor.province.portal + path)
    assert answer.status == 200
    visitor.shoot(name)

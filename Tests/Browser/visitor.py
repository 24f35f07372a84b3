"""A person in front of the portal: signs in, fills forms as a person does, reads pages, and takes screenshots."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from province import Province

PHONE = {"width": 412, "height": 915}
DESKTOP = {"width": 1280, "height": 900}
CERTIFICATE = re.compile(r"湘\(\d{4}\)桃江县不动产权第\d+号|桃房权证\S+?号|TJ\d{10}|S\d{9}")


class Visitor:
    """One person with a browser of their own. Every page seen must come from the portal or the sandbox, without script errors."""

    def __init__(
        self, browser: Browser, province: Province, screenshots: Path, *, script: bool = True, viewport: dict = PHONE
    ) -> None:
        self.province = province
        self.screenshots = screenshots
        self.viewport = viewport
        self.scripted = script
        self.context = browser.new_context(
            viewport=viewport, java_script_enabled=script, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        self.context.set_default_timeout(10_000)
        self.script_errors: list[str] = []
        self.strangers: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.script_errors.append(str(error)))
        self.page.on("request", self._remember_stranger)
        self.hints = ""

    def close(self) -> None:
        self.context.close()
        assert self.script_errors == [], "a script failed on a page"
        assert self.strangers == [], "a page asked a third party"

    def _remember_stranger(self, request) -> None:
        if not request.url.startswith((self.province.portal, self.province.sandbox, "data:", "blob:")):
            self.strangers.append(request.url)

    # -- going about

    def open(self, path: str) -> Page:
        self.page.goto(self.province.portal + path)
        return self.page

    def sign_in_as(self, line: str, start: str = "/family") -> Page:
        """Signs in on the identity provider's page as the person whose one line says `line`; keeps what the line tells to type."""
        self.open(start)
        expect(self.page.locator("h1")).to_contain_text("统一身份认证")
        entry = self.page.locator("ul.people > li").filter(has_text=line).first
        expect(entry).to_be_visible()
        self.hints = entry.inner_text()
        entry.locator("button.person").click()
        self.page.wait_for_url(self.province.portal + "/**")
        return self.page

    def sign_in_by_account(self, subject: str, start: str = "/family") -> Page:
        self.open(start)
        self.page.locator("#subject").fill(subject)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(self.province.portal + "/**")
        return self.page

    @property
    def papers(self) -> list[str]:
        """Numbers of papers that the chosen person's line tells to type, in its order."""
        return CERTIFICATE.findall(self.hints)

    # -- the family's four steps

    def consent(self) -> None:
        button = self.page.get_by_role("button", name="同意查询，列出我家孩子")
        expect(button).to_be_visible()
        button.click()
        expect(self.page.locator(".card.child, .aside").first).to_be_visible()

    def choose_child(self, name: str) -> None:
        self.page.get_by_role("button", name=f"给{name}登记").click()
        self.heading("您家住在哪里")

    def give_place(self, relation: str) -> None:
        """Lives where the household is registered."""
        self.choose(relation)
        household = self.page.get_by_role("radio", name=re.compile("^就住在户口所在地"))
        if household.count():
            household.check()
        self.go_on()
        self.heading("您家的住房")

    def give_owned_home(self, number: str, owner: str = "您本人", kind: str = "不动产权证") -> None:
        self.choose("自有住房")
        self.choose(kind)
        self.fill("证书编号", number)
        self.choose(owner)
        self.go_on()
        self.heading("核对并提交")

    def agree_and_submit(self) -> str:
        """Gives every consent, submits and returns the receipt's number."""
        for box in self.page.locator("input[type=checkbox][name^=consent_]").all():
            box.check()
        self.page.locator("main form button.button").last.click()
        self.page.wait_for_url(re.compile(r"/family/applications/[\d-]+"))
        return self.receipt

    @property
    def receipt(self) -> str:
        return re.search(r"/applications/([\d-]+)", self.page.url).group(1)

    def apply(self, family: dict, *, index: int = 0) -> str:
        """The whole way for a family of the season, with what it types; ends on the page of its application."""
        child = family["children"][index]
        self.sign_in_by_account(family["subject"])
        self.consent()
        self.choose_child(child["name"])
        self.type_answers(child["answers"])
        return self.agree_and_submit()

    def type_answers(self, answers: dict) -> None:
        """Place and home by the values of the fields, for families whose path is not what a test is about."""
        place = answers["place"]
        self.tick("relation", place["relation"])
        household = self.page.locator("[name=same_as_household]")
        if household.count():
            self.tick("same_as_household", "yes" if place["sameAsHousehold"] else "no")
        if not place["sameAsHousehold"] or not household.count():
            self.choose_place(place["division"], place["township"], place["community"], place["address"])
        self.go_on()
        self.heading("您家的住房")
        self.type_home(answers["home"])
        self.go_on()
        self.heading("核对并提交")

    def choose_place(self, division: str, township: str, community: str, address: str) -> None:
        self.page.locator("#division").select_option(division)
        if not self.scripted:
            self.page.get_by_role("button", name="显示乡镇").click()
        expect(self.page.locator("#township")).to_be_visible()
        self.page.locator("#township").select_option(township)
        if not self.scripted:
            self.page.get_by_role("button", name="显示社区").click()
        expect(self.page.locator("#community")).to_be_visible()
        self.page.locator("#community").select_option(label=community)
        self.page.locator("#address").fill(address)

    def type_home(self, home: dict) -> None:
        for name, key in (("kind", "kind"), ("certificate_kind", "certificateKind"), ("owner", "owner")):
            if home.get(key) and self.page.locator(f"[name={name}]").count():
                self.tick(name, home[key])
        for name, key in (
            ("certificate_number", "certificateNumber"),
            ("contract_number", "contractNumber"),
            ("owner_name", "ownerName"),
            ("owner_number", "ownerNumber"),
        ):
            field = self.page.locator(f"#{name}")
            if home.get(key) and field.count() and field.is_visible():
                field.fill(home[key])

    # -- small gestures

    def tick(self, name: str, value: str) -> None:
        self.page.locator(f"input[type=radio][name={name}][value={value}]").check()

    def choose(self, label: str) -> None:
        """Chooses the radio button whose label begins with these words, or ends by explaining itself with them."""
        self.page.get_by_role("radio", name=re.compile(f"^{re.escape(label)}|{re.escape(label)}$")).check()

    def fill(self, label: str, words: str) -> None:
        self.field(label).fill(words)

    def field(self, label: str) -> Locator:
        """The text field under this label."""
        return self.page.get_by_role("textbox", name=label)

    def go_on(self) -> None:
        self.page.locator("main form button.button", has_text="继续").last.click()

    def heading(self, words: str) -> Locator:
        found = self.page.locator("h1")
        expect(found).to_have_count(1)
        expect(found).to_contain_text(words)
        return found

    def says(self, words: str | re.Pattern) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def says_not(self, words: str | re.Pattern) -> None:
        expect(self.page.locator("main")).not_to_contain_text(words)

    def banner(self, words: str) -> None:
        expect(self.page.locator("#live .banner")).to_contain_text(words)

    def settled(self) -> None:
        """Reloads, as a person without JavaScript does, until nothing is being checked any more."""
        for _ in range(40):
            if "正在核验" not in self.page.locator("#live .banner").inner_text():
                return
            self.page.reload()
        raise AssertionError("the checks did not finish")

    def row(self, title: str) -> Locator:
        """A credential's row on the page of an application."""
        return self.page.locator("#live .row").filter(has=self.page.locator("h3", has_text=title))

    def stays(self) -> None:
        """Marks this page as it stands; `stayed` fails if it was loaded anew since."""
        self.page.evaluate("window.stays = true")

    def stayed(self) -> None:
        assert self.page.evaluate("window.stays === true"), "the page was loaded anew; its state should have arrived live"

    def state(self, receipt: str) -> dict:
        return self.page.request.get(f"{self.province.portal}/api/v1/applications/{receipt}").json()

    def shoot(self, name: str) -> None:
        """The page as a phone and a desktop show it, in full. Fails when a page is wider than its screen."""
        for width, size in (("phone", PHONE), ("desktop", DESKTOP)):
            self.page.set_viewport_size(size)
            self.page.screenshot(path=self.screenshots / f"{name}-{width}.png", full_page=True)
            if self.scripted:
                over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert over <= 0, f"{name} is {over} px wider than a {width}"
        self.page.set_viewport_size(self.viewport)

"""What an officer does at the county's desk, and what an operator does to a department on the sandbox's page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from province import TAOJIANG
from visitor import Visitor


class Desk:
    """One officer at the desk of 桃江县."""

    def __init__(self, officer: Visitor, line: str) -> None:
        self.officer = officer
        self.page = officer.page
        officer.sign_in_as(line, start=f"/county/{TAOJIANG}")

    def list(self, state: str, heading: str) -> None:
        self.officer.open(f"/county/{TAOJIANG}?state={state}")
        self.officer.heading(heading)

    def open_case(self, receipt: str) -> None:
        self.officer.open(f"/county/{TAOJIANG}/cases/{receipt}")
        expect(self.page.locator("h1")).to_contain_text(receipt[-9:])

    def record(self, found: dict[str, str], reason: str) -> None:
        """Settles every open fact that `found` names and sends the case to the second reviewer."""
        form = self.page.locator("#first form").first
        for field in form.locator("[name^='finding.']").all():
            value = found.get(field.get_attribute("name").removeprefix("finding."))
            if value is None:
                continue
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        form.get_by_label("理由").fill(reason)
        form.get_by_role("button", name="提交复审").click()
        self.officer.says("已提交复审。")

    def approve(self, reason: str) -> None:
        self.page.get_by_label("理由").fill(reason)
        self.page.get_by_role("button", name="通过", exact=True).click()
        self.officer.says("复审通过，已生效。")


class ControlRoom:
    """The sandbox's page on which departments are broken and healed."""

    def __init__(self, operator: Visitor) -> None:
        self.page: Page = operator.page
        self.address = operator.province.sandbox + "/control/"
        self.touched: set[str] = set()

    def set(self, department: str, *, failure: str | None = None, latency: int | None = None) -> None:
        self.touched.add(department)
        self.page.goto(self.address)
        card = self._card(department)
        if failure is not None:
            card.get_by_label("故障").select_option(label=failure)
            card.get_by_label("出错比例").fill("100")
        if latency is not None:
            card.get_by_label("延迟").fill(str(latency))
        card.get_by_role("button", name="应用").click()
        expect(self._card(department).locator("h2")).to_contain_text(failure or "正常")

    def heal(self, department: str) -> None:
        self.page.goto(self.address)
        self._card(department).get_by_role("button", name="恢复正常").click()
        expect(self._card(department).locator("h2")).to_contain_text("正常")
        self.touched.discard(department)

    def calls(self, department: str) -> int:
        """How many questions the department has been asked so far."""
        for report in self.page.request.get(self.address.rstrip("/"), headers={"Accept": "application/json"}).json()["departments"]:
            if department in report["title"]:
                return report["calls"]
        raise LookupError(department)

    def _card(self, department: str):
        return self.page.locator("section.card").filter(has=self.page.locator("h2", has_text=department))

"""Bad input gets a clear answer and loses nothing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SCRIPT = "<script>alert('入学')</script>"


def begin(visit, *kinds: str):
    """A family of the season that has consented, and its child."""
    family = visit()
    case = family.province.family(*kinds)
    family.sign_in_by_account(case["subject"])
    family.consent()
    return family, case["children"][0]


def test_markup_typed_into_every_field_shows_as_text(visit):
    family, child = begin(visit, "own_home")
    family.page.on("dialog", lambda dialog: family.script_errors.append(f"a dialog: {dialog.message}"))

    def shown(field) -> None:
        expect(field).to_have_value(SCRIPT)
        expect(family.page.locator("main script")).to_have_count(0)

    family.page.get_by_role("link", name="手工填写孩子的信息").click()
    family.choose("护照")
    for label in ("孩子的姓名", "证件号码", "出生日期"):
        family.fill(label, SCRIPT)
    family.go_on()
    expect(family.page.locator(".errors")).to_be_visible()
    for label in ("孩子的姓名", "证件号码", "出生日期"):
        shown(family.field(label))
    family.shoot("90-markup-child")

    family.open("/family")
    family.choose_child(child["name"])
    family.tick("relation", child["answers"]["place"]["relation"])
    family.page.get_by_role("radio", name="住在别的地方").check()
    place = child["answers"]["place"]
    family.choose_place(place["division"], place["township"], place["community"], SCRIPT)
    family.go_on()
    family.heading("您家的住房")
    family.says(SCRIPT)
    family.choose("自有住房")
    family.choose("不动产权证")
    family.choose("其他人")
    for label in ("证书编号", "这个人的姓名", "这个人的身份证号"):
        family.fill(label, SCRIPT)
    family.go_on()
    expect(family.page.locator(".errors")).to_be_visible()
    shown(family.field("证书编号"))
    family.shoot("91-markup-home")
    family.choose("租房")
    family.go_on()
    family.heading("核对并提交")
    family.says(SCRIPT)
    family.fill("手机号", SCRIPT)
    family.page.get_by_role("button", name="提交登记").click()
    expect(family.page.locator(".errors")).to_contain_text("请填写 11 位手机号")
    shown(family.field("手机号"))
    expect(family.page.locator("main script")).to_have_count(0)
    family.shoot("92-markup-check")


def test_a_wrong_check_digit_stands_beside_its_field_and_in_the_summary(visit):
    family, child = begin(visit, "own_home")
    number = child["number"]
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    family.page.get_by_role("link", name="手工填写孩子的信息").click()
    family.fill("孩子的姓名", child["name"])
    family.choose("身份证号")
    family.fill("证件号码", wrong)
    family.go_on()
    summary = family.page.locator(".errors")
    expect(summary).to_contain_text("号码有一位抄错了")
    expect(summary).to_be_focused()
    beside = family.page.locator(".field.wrong").filter(has=family.field("证件号码"))
    expect(beside).to_contain_text("号码有一位抄错了")
    expect(family.field("证件号码")).to_have_attribute("aria-invalid", "true")
    expect(family.field("孩子的姓名")).to_have_value(child["name"])
    summary.get_by_role("link").first.click()
    expect(family.field("证件号码")).to_be_focused()
    family.shoot("93-check-digit")


def test_a_forged_session_is_a_visitor_who_signs_in(visit):
    family = visit()
    portal = family.province.portal
    family.context.add_cookies([{"name": "ruxue_session", "value": "A" * 43, "url": portal}])
    family.open("/family")
    family.heading("统一身份认证")
    answer = family.page.request.get(f"{portal}/api/v1/applications/430922-26-0000-0000", headers={"Accept": "application/json"})
    assert answer.status == 401
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_form_without_its_token_is_not_carried_out(visit):
    family, child = begin(visit, "own_home")
    family.page.locator("form[action='/family/drafts'] input[name=csrf]").first.evaluate("field => field.remove()")
    with family.page.expect_response(re.compile("/family/drafts$")) as answered:
        family.page.get_by_role("button", name=f"给{child['name']}登记").click()
    assert answered.value.status == 403
    family.heading("页面已过期，请重新打开")
    family.says("这次提交没有执行")
    expect(family.page.locator("main a.button")).to_be_visible()
    family.shoot("94-missing-token")


def test_another_familys_receipt_is_not_found(visit):
    owner = visit()
    case = owner.province.family("own_home")
    receipt = owner.apply(case)
    family, _ = begin(visit, "own_home")
    for path in ("", "/why", "/receipt", "/repair/real_estate_title", "/person/real_estate_title", "/withdraw"):
        answer = family.page.goto(f"{family.province.portal}/family/applications/{receipt}{path}")
        assert answer.status == 404, path
        family.heading("找不到这个页面")
        family.says_not(case["children"][0]["name"])
    assert family.page.request.get(f"{family.province.portal}/api/v1/applications/{receipt}").status == 404
    family.shoot("95-not-mine")


def test_pages_that_do_not_exist_say_what_next(visit):
    family = visit()
    for path in ("/nowhere", "/t/999999", "/t/%3Cscript%3E", "/assets/none.css"):
        answer = family.page.goto(family.province.portal + path)
        assert answer.status == 404, path
    family.open("/nowhere")
    family.heading("找不到这个页面")
    expect(family.page.get_by_role("link", name="回到首页")).to_be_visible()
    family.says("事件编号")
    family.shoot("96-not-found")

"""Edits, withdrawals, and the one live application that a child may have in the whole province."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_an_edit_is_a_new_revision_and_a_withdrawal_frees_the_child(visit):
    family = visit()
    family.sign_in_as("双胞胎：两个孩子")
    family.consent()
    expect(family.page.locator(".card.child")).to_have_count(2)
    family.choose_child("邓大桃样例")
    family.give_place("母亲")
    family.give_owned_home(family.papers[0], owner="孩子的另一位家长")
    receipt = family.agree_and_submit()
    family.banner("核验通过")
    assert family.state(receipt)["revision"] == 1

    family.says("以前都可以修改，修改不影响先后")
    family.page.get_by_role("button", name="修改登记").click()
    family.heading("您家住在哪里")
    expect(family.page.locator("[name=relation][value=mother]")).to_be_checked()
    family.go_on()
    expect(family.field("证书编号")).to_have_value(family.papers[0])
    family.go_on()
    family.heading("核对并提交")
    expect(family.page.get_by_role("button", name="提交修改")).to_be_visible()
    family.fill("手机号", "19900000099")
    family.shoot("80-edit")
    assert family.agree_and_submit() == receipt
    family.banner("核验通过")
    assert family.state(receipt)["revision"] == 2
    family.page.locator("details.history summary").click()
    family.says("修改登记")

    family.page.get_by_role("link", name="撤回这份登记").click()
    family.heading("撤回邓大桃样例的登记")
    family.shoot("81-withdraw")
    family.page.get_by_role("button", name="撤回登记").click()
    expect(family.page.locator(".errors")).to_contain_text("请勾选确认")
    family.page.get_by_label("我确定撤回").check()
    family.page.get_by_role("button", name="撤回登记").click()
    family.banner("登记已撤回")
    family.says("可以在任何一个县重新登记")
    family.shoot("82-withdrawn")
    family.open("/family")
    expect(family.page.get_by_role("button", name="给邓大桃样例登记")).to_be_visible()


def test_a_second_application_for_the_same_child_in_another_county_is_refused_kindly(visit):
    family = visit()
    case = family.province.family("own_home")
    child = case["children"][0]
    receipt = family.apply(case)
    family.open("/family/children/new")
    family.fill("孩子的姓名", child["name"])
    family.choose("身份证号")
    family.fill("证件号码", child["number"])
    expect(family.field("出生日期")).to_be_hidden()
    family.go_on()
    if "您家住在哪里" in family.page.locator("h1").inner_text():
        family.tick("relation", child["answers"]["place"]["relation"])
        elsewhere = family.page.get_by_role("radio", name="住在别的地方")
        if elsewhere.count():
            elsewhere.check()
        family.page.locator("#division").select_option("430903")
        expect(family.page.locator("#township")).to_be_visible()
        family.page.locator("#township").select_option(index=1)
        expect(family.page.locator("#community")).to_be_visible()
        family.page.locator("#community").select_option(index=1)
        family.page.locator("#address").fill("样例路1号")
        family.go_on()
        family.choose("租房")
        family.go_on()
        for box in family.page.locator("input[name^=consent_]").all():
            box.check()
        family.page.get_by_role("button", name="提交登记").click()
    family.heading("这个孩子已经登记过了")
    family.says(receipt)
    family.says("先撤回那一份")
    family.shoot("83-second-county")
    family.page.get_by_role("link", name="查看已有的登记").click()
    family.heading(f"{child['name']}的入学登记")

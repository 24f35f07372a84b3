"""The whole family path with JavaScript switched off."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_the_whole_family_path_works_without_javascript(visit):
    family = visit(script=False)
    family.sign_in_as("祖父替孩子登记")
    family.consent()
    family.choose_child("文小桃样例")
    family.choose("祖父母或外祖父母")
    family.page.get_by_role("radio", name="住在别的地方").check()
    family.choose_place("430922", "桃花江镇", "近桃社区", "样例路30号1栋501室")
    family.shoot("a0-no-script-place")
    family.go_on()
    family.heading("您家的住房")
    family.choose("祖辈的住房")
    family.shoot("a1-no-script-home")
    family.go_on()
    family.heading("核对并提交")
    family.page.get_by_role("button", name="提交登记").click()
    expect(family.page.locator(".errors")).to_contain_text("需要您同意才能核对这一项")
    family.shoot("a2-no-script-errors")
    receipt = family.agree_and_submit()
    family.heading("文小桃样例的入学登记")
    family.settled()
    family.says(receipt)
    family.shoot("a3-no-script-state")
    family.page.get_by_role("link", name="打印或保存回执").click()
    family.heading("入学登记回执")
    family.page.get_by_role("link", name="回到登记页").click()
    family.page.get_by_role("button", name="修改登记").click()
    family.heading("您家住在哪里")


def test_the_language_and_the_size_of_type_can_be_chosen_without_javascript(visit):
    family = visit(script=False)
    family.open("/")
    family.page.get_by_role("button", name="大字").click()
    expect(family.page.locator("html")).to_have_class(re.compile("large"))
    family.page.get_by_role("button", name="English").click()
    expect(family.page.locator("html")).to_have_attribute("lang", "en")

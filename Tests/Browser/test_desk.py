"""The county's desk: exceptions beside their registers, two reviewers, and what the family sees of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from desk import Desk
from papers import photo
from province import TAOJIANG
from visitor import DESKTOP

FIRST = "桃江县 初审"
SECOND = "桃江县 复审"


def test_a_self_built_home_is_seen_by_a_person_and_decided_by_two(visit):
    family = visit()
    family.sign_in_as("自建房：登记系统里查不到")
    family.consent()
    family.choose_child("唐小山样例")
    family.give_place("父亲")
    family.give_owned_home("湘(2009)桃江县不动产权第0000000号")
    receipt = family.agree_and_submit()
    family.banner("请核对一项")
    expect(family.row("不动产登记")).to_contain_text("没有查到")
    family.shoot("60-not-found")
    family.page.get_by_role("link", name="请工作人员帮我看").click()
    family.heading("请工作人员核实：不动产登记")
    family.choose("自建房")
    family.fill("说明情况", "祖上的房子，2009 年翻修过。")
    family.page.get_by_label("照片").set_input_files(photo())
    family.shoot("61-ask-a-person")
    family.page.get_by_role("button", name="转给工作人员").click()
    family.says("已转给工作人员")
    family.page.locator("details.history summary").click()
    family.says("照片 1")
    family.shoot("62-person-asked")

    first = Desk(visit(viewport=DESKTOP), FIRST)
    first.list("first_review", "待初审")
    expect(first.page.locator("table.dense")).to_contain_text(receipt[-9:])
    first.officer.shoot("63-desk-list")
    first.open_case(receipt)
    first.officer.says("唐**")
    first.officer.says_not("唐小山样例")
    first.officer.says("祖上的房子，2009 年翻修过。")
    first.officer.says("还没有定的事实")
    with first.page.expect_download() as download:
        first.page.get_by_role("link", name=re.compile("照片 1")).click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    first.officer.shoot("64-desk-case")
    home = "430922/桃花江镇/创业村"
    first.record(
        {
            "home.owned": "yes",
            "home.residential": "yes",
            "home.community": home,
            "household.community": home,
            "household.with_guardian": "yes",
            "parents.own_no_home": "no",
            "residence_permit.valid": "no",
            "residence_permit.in_county": "no",
            "residence_permit.months": "0",
            "social_insurance.months": "0",
        },
        "已入户调查，自建房属实。",
    )
    first.open_case(receipt)
    first.officer.says(re.compile("等复审员办理|复审须由另一人完成"))
    expect(first.page.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    first.officer.shoot("65-same-person")

    family.page.reload()
    family.banner("工作人员正在复核")
    family.stays()
    second = Desk(visit(viewport=DESKTOP), SECOND)
    second.list("second_review", "待复审")
    second.open_case(receipt)
    second.officer.says("已入户调查，自建房属实。")
    second.officer.shoot("66-second-review")
    second.approve("同意初审意见。")
    second.officer.shoot("67-approved")

    family.banner("核验通过")
    family.stayed()
    family.says("房户一致")
    family.page.get_by_role("link", name="为什么是这个结果").last.click()
    family.says("您家符合第一类")
    family.shoot("68-why-by-a-person")


def test_one_officer_with_both_roles_cannot_sign_twice(visit):
    family = visit()
    case = family.province.family("self_built")
    receipt = family.apply(case)
    family.banner("工作人员正在核实")
    family.says("这是正常的")
    family.shoot("59-self-built")
    family.province.grant("sample-admission-officer-2", "first_reviewer")
    family.province.grant("sample-admission-officer-2", "second_reviewer")
    both = Desk(visit(viewport=DESKTOP), "桃江县 招生录取（第二签字人）")
    both.open_case(receipt)
    review = case["children"][0]["review"]
    both.record(review["found"], review["reason"])
    both.open_case(receipt)
    both.officer.says("复审须由另一人完成")
    both.officer.says("您做了这一件的初审，不能再做复审。请复审员登录办理。")
    expect(both.page.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    both.officer.shoot("69-same-officer")


def test_claim_and_register_stand_side_by_side_with_the_differing_characters_marked(visit):
    family = visit()
    case = family.province.family("mistyped_number")
    child = case["children"][0]
    receipt = family.apply(case)
    family.banner("请核对一项")
    family.page.get_by_role("link", name="请工作人员帮我看").first.click()
    family.fill("说明情况", "请帮我看看。")
    family.page.get_by_role("button", name="转给工作人员").click()
    family.says("已转给工作人员")

    desk = Desk(visit(viewport=DESKTOP), FIRST)
    desk.open_case(receipt)
    row = desk.page.locator("table.side tr.differs").filter(has_text="编号")
    expect(row).to_contain_text("不一致")
    typed = child["answers"]["home"]["certificateNumber"]
    expect(row.locator("td").first).to_contain_text(typed)
    marked = row.locator("mark, .mark, .run.differs, em, b.differs")
    expect(marked.first).to_be_visible()
    marks = "".join(row.locator("td").first.locator("mark").all_inner_texts())
    assert 0 < len(marks) < len(typed), "only the characters that differ are marked"
    desk.officer.shoot("70-side-by-side")


def test_a_supplement_is_asked_for_and_answered(visit):
    family = visit()
    family.sign_in_as("随迁子女：社保断缴三个月")
    family.consent()
    family.choose_child("谢小远样例")
    family.choose("父亲")
    elsewhere = family.page.get_by_role("radio", name="住在别的地方")
    if elsewhere.count():
        elsewhere.check()
    family.choose_place("430922", "桃花江镇", "团山社区", "样例路18号3栋501室")
    family.go_on()
    family.choose("租房")
    family.go_on()
    receipt = family.agree_and_submit()
    family.banner("工作人员正在核实")

    desk = Desk(visit(viewport=DESKTOP), FIRST)
    desk.open_case(receipt)
    desk.page.get_by_text("请家长补充…").click()
    desk.officer.fill("请家长补充什么", "请说明 2025 年 11 月至 2026 年 1 月在哪里工作，可以拍一张工资单。")
    desk.officer.shoot("71-ask-supplement")
    desk.page.get_by_role("button", name="发给家长").click()
    desk.officer.says("已请家长补充。")

    family.banner("请补充一点材料")
    family.says("请说明 2025 年 11 月至 2026 年 1 月在哪里工作")
    family.shoot("72-supplement-requested")
    family.page.get_by_role("link", name="去补充").click()
    family.heading("补充材料")
    family.fill("补充说明", "换了单位，那三个月在老家照顾老人。")
    family.page.get_by_label("照片").set_input_files(photo())
    family.shoot("73-supplement")
    family.page.get_by_role("button", name="提交补充").click()
    family.says("已收到补充材料。")
    family.banner("工作人员正在核实")
    desk.open_case(receipt)
    desk.officer.says("换了单位，那三个月在老家照顾老人。")
    desk.officer.says("照片 1")

    # An officer who never touches the mouse: j to the first case, Enter opens it, u goes back.
    desk.list("first_review", "待初审")
    desk.page.keyboard.press("j")
    expect(desk.page.locator("tr.chosen")).to_have_count(1)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("/cases/"))
    desk.page.keyboard.press("u")
    desk.officer.heading("待初审")


def test_an_officer_of_another_county_and_a_family_see_no_desk(visit):
    family = visit()
    case = family.province.family("own_home")
    family.sign_in_by_account(case["subject"])
    answer = family.page.goto(f"{family.province.portal}/county/{TAOJIANG}")
    assert answer.status in (403, 404)
    family.heading("您没有这个页面的权限")
    family.shoot("74-forbidden")
    other = visit(viewport=DESKTOP)
    other.sign_in_as("长沙县 初审", start="/county")
    answer = other.page.goto(f"{other.province.portal}/county/{TAOJIANG}")
    assert answer.status in (403, 404)


def test_the_desk_shows_seats_and_what_admission_waits_for(visit):
    desk = Desk(visit(viewport=DESKTOP), FIRST)
    desk.officer.open(f"/county/{TAOJIANG}/seats")
    desk.officer.heading("各校学位")
    desk.officer.says("近桃小学")
    desk.officer.says("450")
    desk.officer.shoot("75-seats")
    desk.officer.open(f"/county/{TAOJIANG}/admission")
    desk.officer.heading("录取")
    desk.officer.says("录取日：7 月 21 日")
    expect(desk.page.get_by_role("button", name="运行录取")).to_have_count(0)
    desk.officer.shoot("76-admission-not-yet")
    desk.officer.open(f"/county/{TAOJIANG}/left")
    desk.officer.shoot("77-left")

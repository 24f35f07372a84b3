"""What a family meets when a register does not agree, cannot answer, or names several schools."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from papers import photo


def test_a_mistyped_certificate_is_repaired_and_only_that_check_runs_again(visit, departments):
    family = visit()
    family.sign_in_as("证书编号打错了两位")
    wrong, right = family.papers
    family.consent()
    family.choose_child("罗小桃样例")
    family.give_place("父亲")
    family.give_owned_home(wrong)
    receipt = family.agree_and_submit()

    family.banner("请核对一项")
    title = family.row("不动产登记")
    expect(title).to_contain_text("请核对一项")
    expect(title).to_contain_text("证书编号与登记簿不一致")
    expect(family.row("户籍")).to_contain_text("已核实")
    family.shoot("20-differs")

    asked = {name: departments.calls(name) for name in ("不动产登记", "户籍")}
    family.page.get_by_role("link", name="核对证书编号").first.click()
    family.heading("更正：不动产登记")
    expect(family.field("证书编号")).to_have_value(wrong)
    expect(family.page.locator("#contract_number")).to_be_hidden()
    family.says("只重新核对这一项")
    family.shoot("21-repair")
    family.fill("证书编号", right)
    family.page.get_by_role("button", name="提交更正").click()
    family.banner("核验通过")
    expect(family.row("不动产登记")).to_contain_text("已核实")
    family.says("房户一致")
    assert departments.calls("不动产登记") == asked["不动产登记"] + 1
    assert departments.calls("户籍") == asked["户籍"], "a repair asked about more than what was repaired"
    assert family.state(receipt)["state"] == "qualified"
    family.page.locator("details.history summary").click()
    family.says("更正一项")
    family.shoot("22-repaired")


def test_an_old_certificate_of_the_wrong_kind_names_the_kind(visit):
    family = visit()
    family.sign_in_as("老房产证：证书种类容易选错")
    family.consent()
    family.choose_child("胡小山样例")
    family.give_place("父亲")
    family.give_owned_home(family.papers[0], kind="不动产权证")
    family.agree_and_submit()
    family.banner("请核对一项")
    expect(family.row("不动产登记")).to_contain_text("证书类型")
    family.page.locator("#live a.button").first.click()
    family.choose("房屋所有权证")
    family.page.get_by_role("button", name="提交更正").click()
    family.banner("核验通过")


def test_a_family_with_three_schools_ranks_them(visit):
    family = visit()
    family.sign_in_as("住在桃花江社区，对应三所学校")
    family.consent()
    family.choose_child("彭小江样例")
    family.give_place("母亲")
    family.give_owned_home(family.papers[0])
    family.says("给学校排个顺序")
    ranks = family.page.locator("#rank_1, #rank_2, #rank_3")
    expect(ranks).to_have_count(3)
    schools = [text for text in ranks.first.locator("option").all_inner_texts() if text != "请选择"]
    assert len(schools) == 3
    for rank, school in zip(ranks.all(), [schools[2], schools[2], schools[0]]):
        rank.select_option(label=school)
    family.shoot("30-ranking")
    for box in family.page.locator("input[name^=consent_]").all():
        box.check()
    family.page.get_by_role("button", name="提交登记").click()
    summary = family.page.locator(".errors")
    expect(summary).to_contain_text("请给每所学校排一个不同的顺序")
    expect(family.page.locator("select[name^=rank_]")).to_have_count(3)
    expect(family.page.locator("#rank_1 option:checked")).to_have_text(schools[2])
    expect(family.page.locator("input[name^=consent_]").first).to_be_checked()
    family.shoot("31-ranking-wrong")
    for rank, school in zip(ranks.all(), [schools[2], schools[0], schools[1]]):
        rank.select_option(label=school)
    receipt = family.agree_and_submit()
    family.banner("核验通过")
    family.says(" 或 ".join([schools[2], schools[0], schools[1]]))
    assert len(family.state(receipt)["schools"]) == 3
    family.shoot("32-three-schools")


def test_a_department_that_is_off_does_no_harm_and_settles_by_itself(visit, departments):
    departments.set("购房合同备案", failure="连接中断")
    family = visit()
    family.sign_in_as("新房只有网签备案合同")
    family.consent()
    family.choose_child("高小凤样例")
    family.give_place("父亲")
    family.choose("已购房")
    expect(family.page.locator("#certificate_number")).to_be_hidden()
    family.fill("合同备案编号", family.papers[0])
    family.choose("您本人")
    family.shoot("40-contract")
    family.go_on()
    family.agree_and_submit()
    family.banner("不影响您的登记")
    row = family.row("购房合同备案")
    expect(row).to_contain_text("等待部门答复")
    expect(row).to_contain_text("不影响您的登记。")
    expect(family.row("户籍")).to_contain_text("已核实")
    family.says("没有答复的，由工作人员核实，不会因此降低类别")
    family.shoot("41-waiting-for-source")
    family.stays()
    departments.heal("购房合同备案")
    family.banner("核验通过")
    family.stayed()
    expect(row).to_contain_text("已核实")


def test_a_withdrawn_contract_is_accepted_as_the_register_says(visit):
    family = visit()
    family.sign_in_as("购房合同备案后又撤销了")
    family.consent()
    family.choose_child("郭小路样例")
    family.give_place("父亲")
    family.choose("已购房")
    family.fill("合同备案编号", family.papers[0])
    family.choose("您本人")
    family.go_on()
    receipt = family.agree_and_submit()
    family.banner("请核对一项")
    family.shoot("42-contract-withdrawn")
    family.page.locator("details", has_text="部门的登记是对的").locator("summary").click()
    family.page.get_by_role("button", name="以部门登记为准").click()
    expect(family.row("不动产登记")).to_contain_text("父母名下没有住房")
    expect(family.page.locator("#live .banner")).not_to_contain_text("请核对")
    assert family.state(receipt)["state"] != "needs_repair"
    family.shoot("43-accepted-register")


def test_a_family_that_moved_here_to_work_is_checked_by_permit_and_insurance(visit):
    family = visit()
    family.sign_in_as("随迁子女：居住证满一年")
    family.consent()
    family.choose_child("曾小远样例")
    family.choose("父亲")
    household = family.page.get_by_role("radio", name="住在别的地方")
    if household.count():
        household.check()
    family.choose_place("430922", "桃花江镇", "资江路社区", "样例路16号3栋501室")
    family.shoot("45-place-elsewhere")
    family.go_on()
    family.heading("您家的住房")
    family.choose("租房")
    family.go_on()
    family.heading("核对并提交")
    family.says("同意向公安核对居住证")
    family.says("同意向人社核对社会保险")
    family.agree_and_submit()
    family.banner("核验通过")
    family.says(re.compile("第四类"))
    family.shoot("46-migrant")


def test_a_child_without_a_number_is_registered_by_its_birth_certificate(visit):
    family = visit()
    family.sign_in_as("孩子还没有身份证号")
    birth_certificate, certificate = family.papers
    family.consent()
    family.page.get_by_role("link", name="手工填写孩子的信息").click()
    family.heading("填写孩子的信息")
    family.fill("孩子的姓名", "冯小江样例")
    family.choose("出生医学证明")
    family.fill("证件号码", birth_certificate)
    family.fill("出生日期", "2020-04-04")
    family.shoot("50-child-by-hand")
    family.go_on()
    family.heading("您家住在哪里")
    family.choose("父亲")
    at_home = family.page.get_by_role("radio", name=re.compile("^就住在户口所在地"))
    if at_home.count():
        at_home.check()
    else:
        family.choose_place("430922", "桃花江镇", "富民社区", "样例路24号3栋501室")
    family.go_on()
    family.give_owned_home(certificate)
    family.agree_and_submit()
    family.banner("工作人员正在核实")
    family.says("您的情况需要人工核实，这是正常的")
    family.says("的工作人员会核实")
    family.shoot("51-without-number")


def test_a_child_one_day_too_young_is_told_when_it_may_come(visit):
    family = visit()
    family.sign_in_as("孩子差一天满六周岁")
    family.consent()
    child = family.page.locator(".card.child").filter(has_text="肖小早样例")
    expect(child).to_contain_text("今年还不到入学年龄")
    expect(child).to_contain_text("请明年再来登记")
    expect(child.get_by_role("button")).to_have_count(0)
    family.shoot("52-too-young")
    family.page.get_by_role("link", name="手工填写孩子的信息").click()
    family.fill("孩子的姓名", "肖小早样例")
    family.choose("出生医学证明")
    family.fill("证件号码", "S430922013")
    family.fill("出生日期", "2020-09-01")
    family.go_on()
    family.heading("填写孩子的信息")
    expect(family.page.locator(".errors")).to_contain_text("孩子还不到入学年龄")
    expect(family.field("孩子的姓名")).to_have_value("肖小早样例")
    family.shoot("53-too-young-by-hand")


def test_a_home_outside_the_published_area_goes_to_a_person_not_to_a_refusal(visit):
    family = visit()
    family.sign_in_as("住在修山镇，不在已公布的县城划片内")
    family.consent()
    family.choose_child("姚小溪样例")
    family.give_place("父亲")
    family.give_owned_home(family.papers[0])
    family.shoot("54-outside-check")
    family.agree_and_submit()
    family.banner(re.compile("工作人员正在核实|由教育局统筹安排"))
    family.says("住址不在已公布的范围内，由工作人员核实")
    family.shoot("55-outside")


def test_a_photograph_must_be_one_and_small_enough(visit):
    family = visit()
    family.apply(family.province.family("mistyped_number"))
    family.banner("请核对一项")
    family.page.get_by_role("link", name="请工作人员帮我看").first.click()
    family.heading("请工作人员核实：不动产登记")
    family.fill("说明情况", "证上的号码就是这样。")
    family.page.get_by_label("照片").set_input_files(photo(content=b"<!doctype html><script>alert(1)</script>"))
    family.page.get_by_role("button", name="转给工作人员").click()
    expect(family.page.locator(".errors")).to_contain_text("这个文件不是 JPEG 或 PNG 照片")
    expect(family.field("说明情况")).to_have_value("证上的号码就是这样。")
    family.shoot("56-not-a-photo")
    family.page.get_by_label("照片").set_input_files(photo(content=b"\x89PNG\r\n\x1a\n" + bytes(9 * 1024 * 1024)))
    family.page.get_by_role("button", name="转给工作人员").click()
    family.says("8 MB")
    family.shoot("57-too-large")

"""Seats: one officer runs, another releases, and families accept or give up what they are offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from desk import Desk
from province import TAOJIANG, Province
from visitor import DESKTOP


@pytest.fixture(scope="module")
def late_july(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A province of its own, because its clock is moved past the day on which lists freeze."""
    served = Province(tmp_path_factory.mktemp("late-july"), families=30)
    yield served
    served.stop()


def move_clock(desk: Desk) -> None:
    """Moves the demonstration's clock past the day on which lists freeze, unless an earlier test has."""
    desk.officer.open(f"/county/{TAOJIANG}/admission")
    button = desk.page.get_by_role("button", name="拨到录取日")
    if button.count():
        button.click()
        desk.officer.says("演示时间已拨到录取日。")


def test_seats_are_run_by_one_officer_released_by_another_and_answered_by_families(visit, late_july):
    accepting, releasing = visit(late_july), visit(late_july)
    children = {}
    for family in (accepting, releasing):
        case = late_july.family("own_home", "filed_contract")
        children[family] = (family.apply(case), case["children"][0])
        family.banner("核验通过")
    waiting = visit(late_july)
    unresolved = waiting.apply(late_july.family("mistyped_number", "wrong_owner", "wrong_certificate_kind"))
    waiting.banner("请核对一项")

    running = Desk(visit(late_july, viewport=DESKTOP), "桃江县 招生录取")
    running.officer.open(f"/county/{TAOJIANG}/admission")
    running.officer.says("录取日：7 月 21 日")
    expect(running.page.get_by_role("button", name="运行录取")).to_have_count(0)
    move_clock(running)
    running.officer.says("报名已结束")
    running.officer.says("还有 1 件没有结论")
    running.page.get_by_label(re.compile("按申报类别暂列")).check()
    running.officer.shoot("c0-admission-ready")
    running.page.get_by_role("button", name="运行录取").click()
    running.officer.says("录取已运行，请另一位录取员发布。")
    running.officer.says("您运行了这次录取，须由另一位录取员发布。")
    expect(running.page.get_by_role("button", name="发布结果")).to_have_count(0)
    running.officer.shoot("c1-admission-run")

    accepting.page.reload()
    accepting.banner("核验通过")

    other = Desk(visit(late_july, viewport=DESKTOP), "桃江县 招生录取（第二签字人）")
    other.officer.open(f"/county/{TAOJIANG}/admission")
    other.officer.says("结果等待发布")
    other.page.get_by_role("button", name="发布结果").click()
    other.officer.says("录取结果已发布")
    other.officer.shoot("c2-admission-released")
    other.officer.open(f"/county/{TAOJIANG}/seats")
    other.officer.shoot("c3-seats-placed")

    accepting.banner("已安排：")
    accepting.says("为孩子留了一个学位")
    accepting.says("8 月 15 日前确认")
    accepting.shoot("c4-offer")
    accepting.page.get_by_role("button", name="确认这个学位").click()
    accepting.says("您的答复已收到。")
    accepting.banner("已确认：")
    accepting.says("到校报到，带上这份回执")
    accepting.shoot("c5-accepted")
    assert accepting.state(children[accepting][0])["state"] == "accepted"

    releasing.page.reload()
    releasing.banner("已安排：")
    releasing.page.get_by_text("不要这个学位").click()
    releasing.says("不能自己恢复")
    releasing.page.get_by_role("button", name="放弃学位").click()
    releasing.banner("您已放弃这个学位")
    releasing.shoot("c6-released")

    waiting.page.reload()
    waiting.banner("已安排：")
    waiting.says("有一项核验还没有结果，学位先为您保留")
    waiting.shoot("c7-conditional-offer")
    assert waiting.state(unresolved)["offer"] is not None

    other.officer.open(f"/county/{TAOJIANG}/left")
    other.officer.says("还没有学位的孩子 1 人")
    other.officer.says("家长放弃了学位")
    other.officer.shoot("c8-left")


def test_after_the_window_a_family_is_told_where_to_go(visit, late_july):
    move_clock(Desk(visit(late_july, viewport=DESKTOP), "桃江县 招生录取"))
    family = visit(late_july)
    case = late_july.family("own_home", "household_elsewhere", "migrant", "two_communities")
    family.sign_in_by_account(case["subject"])
    family.consent()
    child = case["children"][0]
    family.choose_child(child["name"])
    family.type_answers(child["answers"])
    family.says("现在不能提交")
    expect(family.page.get_by_role("button", name="提交登记")).to_have_count(0)
    family.says("错过报名请带户口簿联系县教育局补登记")
    family.shoot("c9-window-closed")

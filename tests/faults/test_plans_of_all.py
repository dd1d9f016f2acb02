"""S3: `plans` is for faculty alone, and shows them plans and reviews that are shared with them, and no others."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from bench.plans import buttons_of, planned
from bench.reviews import reviewed
from bench.straight import Straight, words_in
from handlers.kit.choosing import MOST
from storage.records import Audience, Role, RoleHeld
from storage.unit import Store

BEGAN, AT = date(2026, 7, 6), datetime(2026, 7, 6, 9, tzinfo=UTC)
FEW = 16


def _bea(store: Store) -> int:
    (bea,) = store.people.named("Bea Co-ordinator")
    return bea.id


def _plan(store: Store, audience: Audience) -> int:
    plan_id, _ = planned(store, 1, _bea(store), BEGAN, AT, {"Two workshops": date(2026, 9, 1)}, audience)
    return plan_id


async def test_faculty_see_a_plan_as_long_as_it_is_shared_with_them(straight: Straight) -> None:
    plan_id = await straight.store(lambda store: _plan(store, Audience.FACULTY))
    said = words_in(await straight.says("fay", "plans"))
    assert "1 item in the plan is past its month since 1 October 2026." in said
    assert "The review point of month 3 was planned for 6 October 2026, and has not been held yet." in said
    assert "plan.show" in said
    await straight.store(lambda store: store.plans.set_audience(plan_id, Audience.NETWORK))
    said = words_in(await straight.says("fay", "plans"))
    assert "That is for each to decide. By name: Medical Training Voices and Sexual Health Network." in said
    assert "month" not in said


async def test_of_reviews_they_hear_of_what_is_shared_and_of_what_they_are_in(straight: Straight) -> None:
    review_id = await straight.store(lambda store: reviewed(store, 1, [_bea(store)], {}, Audience.NETWORK, AT))
    assert "A review" not in words_in(await straight.says("fay", "plans"))
    await straight.store(lambda store: store.reviews.set_audience(review_id, Audience.FACULTY))
    assert "A review ended on 6 July 2026. No plan has been" in words_in(await straight.says("fay", "plans"))

    def begin(store: Store) -> int:
        again = store.reviews.begin(1, _bea(store), AT)
        assert again is not None
        return again

    again = await straight.store(begin)
    assert "The review that you are in" not in words_in(await straight.says("fay", "plans"))

    def invite(store: Store) -> None:
        (fay,) = store.people.named("Fay Faculty")
        store.reviews.invite(again, fay.id, AT)

    await straight.store(invite)
    assert "The review that you are in has not moved since 6 July" in words_in(await straight.says("fay", "plans"))


@pytest.mark.parametrize("user", ["ann", "bea", "cal", "kit", "sam"])
async def test_nobody_else_sees_it(straight: Straight, user: str) -> None:
    await straight.store(lambda store: _plan(store, Audience.FUNDER))
    for reply in (await straight.says(user, "plans"), await straight.presses(user, "plan.networks", "0")):
        assert "past its month" not in words_in(reply)


@pytest.mark.parametrize("argument", ["", "x", "-1", "0.0", "9999999999"])
async def test_no_page_is_made_of_a_forged_number(straight: Straight, argument: str) -> None:
    said = words_in(await straight.presses("fay", "plan.networks", argument))
    assert "Plans of" not in said
    assert "went wrong" not in said


async def test_sixty_networks_take_a_few_statements(straight: Straight) -> None:
    statements: list[str] = []

    def fill(store: Store) -> None:
        for number in range(60):
            network_id = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
            person_id = store.people.add(f"Person {number}")
            store.people.add_role(person_id, RoleHeld(Role.COORDINATOR, network_id))
            planned(store, network_id, person_id, BEGAN, AT, {"One": date(2026, 9, 1)}, Audience.FACULTY)
            reviewed(store, network_id, [person_id], {}, Audience.FACULTY, AT)

    await straight.store(fill)
    assert len(buttons_of(await straight.says("fay", "plan"))) == MOST
    assert "Network 43" in words_in(await straight.says("fay", "plan network 43"))

    def listen(store: Store) -> None:
        event.listen(store._connection.engine, "before_cursor_execute", lambda *what: statements.append(what[2]))

    await straight.store(listen)
    assert "Plans of 62 networks" in words_in(await straight.says("fay", "plans"))
    assert 1 < len(statements) <= FEW

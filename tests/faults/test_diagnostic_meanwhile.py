"""Reviews in which something changes meanwhile: two begin at once, people leave, or months go by."""

from __future__ import annotations

import asyncio
from contextlib import closing

from bench.answering import SECRET, answers_all, begins
from bench.reviews import answered_by, answers, network_id, of_user
from bench.straight import Straight, words_in
from handlers.kit.replies import Ask, Correct, Say
from storage.records import Reader, Role, RoleHeld
from storage.review_records import ReviewState
from storage.store import Store


async def test_of_two_who_begin_at_once_the_second_is_led_into_the_same_review(database_url: str) -> None:
    inside = Straight(database_url)
    with closing(inside):
        inside.fill()
        network = await inside.store(network_id)
        said = await asyncio.gather(
            *(inside.presses(user, "diagnostic.begin", str(network)) for user in ("bea", "cal"))
        )
        led = sorted("had begun already" in words_in(one) for one in said)
        assert led == [False, True]
        assert [one.name for one in await inside.store(lambda store: store.reviews.seats(1))] == [
            "Bea Co-ordinator",
            "Cal Leader",
        ]
        assert await inside.store(lambda store: store.reviews.by_id(2)) is None


async def test_a_second_press_of_begin_changes_nothing(straight: Straight) -> None:
    await begins(straight)
    again = words_in(await straight.presses("bea", "diagnostic.begin", "1"))
    assert "You are the only one in it now." in again
    assert await straight.store(lambda store: store.reviews.by_id(2)) is None


async def test_a_part_that_was_changed_elsewhere_is_not_overwritten_unseen(straight: Straight) -> None:
    await begins(straight)
    opened = await straight.opens("bea", "diagnostic.answer", "1.1")
    assert isinstance(opened, Ask)
    argument = opened.form.argument
    await straight.sends("bea", "diagnostic.answer", argument, {"purpose": "Said on Slack", "difference": "More"})
    typed = {"purpose": "Said on Teams", "difference": "More"}
    reply = await straight.sends("bea", "diagnostic.answer", argument, typed)
    assert isinstance(reply, Correct)
    assert "There it says: “Said on Slack”." in words_in(reply.errors)
    assert "Said on Teams" in words_in(reply.form), "nothing typed is lost"
    await straight.sends("bea", "diagnostic.answer", reply.form.argument, typed)
    me = await straight.store(lambda store: of_user(store, "bea"))
    assert (await straight.store(lambda store: store.reviews.own(1, me)))["purpose"] == "Said on Teams"


async def test_nobody_finishes_with_something_missing(straight: Straight) -> None:
    await begins(straight)
    await straight.fills("bea", "diagnostic.answer", "1.2", answers())
    said = words_in(await straight.presses("bea", "diagnostic.finish", "1"))
    assert "Something is still to be answered in parts 3, 4, 5, 6 and 7." in said
    (seat,) = await straight.store(lambda store: store.reviews.seats(1))
    assert seat.finished_at is None


async def test_an_answer_changed_in_the_session_is_told_without_its_writer(straight: Straight) -> None:
    await begins(straight, "cal")
    await answers_all(straight, "bea")
    assert "Both have answered." in words_in(await answers_all(straight, "cal", 4))
    changed = words_in(await straight.fills("cal", "diagnostic.answer", "1.3", answers(5)))
    assert "That is changed." in changed
    assert "not whose" not in changed, "before the session nobody has seen it"
    await straight.presses("bea", "diagnostic.joint", "1")
    changed = words_in(await straight.fills("cal", "diagnostic.answer", "1.3", answers(2)))
    assert "The others will see that an answer was changed, and not whose." in changed
    same = words_in(await straight.fills("cal", "diagnostic.answer", "1.3", answers(2)))
    assert "That is changed." not in same


async def test_who_leaves_takes_their_answers_along_and_one_view_is_left(straight: Straight) -> None:
    await begins(straight, "cal")
    await answers_all(straight, "bea")
    await answers_all(straight, "cal", words="only Cal says this")
    await straight.presses("bea", "diagnostic.joint", "1")
    assert "What you have agreed together stays." in words_in(await straight.presses("cal", "diagnostic.leave", "1"))
    assert "Your answers are erased" in words_in(await straight.presses("cal", "diagnostic.left", "1"))
    assert "only Cal says this" not in words_in(await straight.tables())
    left = words_in(await straight.says("bea", "diagnostic"))
    assert "One person’s answers are in it now." in left
    assert "Go on alone" in left
    assert "Ask someone" in left
    late = words_in(await straight.presses("cal", "diagnostic.left", "1"))
    assert "You are not in this review now." in late


async def test_with_the_last_one_the_review_ends_and_another_can_begin(straight: Straight) -> None:
    await begins(straight)
    assert "You were the last one in it" in words_in(await straight.presses("bea", "diagnostic.left", "1"))
    assert "Begin" in words_in(await straight.says("bea", "diagnostic"))
    assert "before it was done" in words_in(await straight.opens("bea", "diagnostic.answer", "1"))


async def test_a_seat_ends_with_the_persons_role(straight: Straight) -> None:
    await begins(straight, "ann")
    await answers_all(straight, "ann")

    def leave(store: Store) -> None:
        network = network_id(store)
        store.people.remove_role(of_user(store, "ann"), RoleHeld(Role.MEMBER, network))

    await straight.store(leave)
    assert "not there for you" in words_in(await straight.presses("ann", "diagnostic.mine", "1"))
    assert "not there for you" in words_in(await straight.opens("ann", "diagnostic.answer", "1.1"))
    assert "Ann Example" not in words_in(await straight.says("bea", "diagnostic"))


async def test_a_network_of_one_without_faculty_does_it_alone_and_is_told_so(straight: Straight) -> None:
    def alone(store: Store) -> int:
        store.people.remove_role(of_user(store, "fay"), RoleHeld(Role.FACULTY))
        network = network_id(store, "training")
        store.people.remove_role(of_user(store, "dee"), RoleHeld(Role.MEMBER, network))
        return network

    network = await straight.store(alone)
    offered = words_in(await straight.says("kit", "diagnostic"))
    assert "You can do it alone: then it shows one view, yours." in offered
    begun = words_in(await straight.presses("kit", "diagnostic.begin", str(network)))
    assert "Ask someone" not in begun
    finished = words_in(await answers_all(straight, "kit"))
    assert "You can go on alone: then it shows one view, yours." in finished
    assert "Ask someone" not in finished
    assert "Everyone in the network and the faculty is in" in words_in(
        await straight.opens("kit", "diagnostic.ask", "1")
    )


async def test_an_abandoned_review_can_go_on_give_way_or_end(straight: Straight) -> None:
    await begins(straight, "ann")
    await answers_all(straight, "bea")
    straight.clock.move(weeks=9)
    for user, labels in (("bea", ("Go on with it", "Begin a new one", "End it")), ("ann", ("Go on with it",))):
        said = words_in(await straight.says(user, "diagnostic"))
        assert "This review has waited for 9 weeks." in said
        assert [label for label in labels if label not in said] == []
    assert "End it" not in words_in(await straight.says("ann", "diagnostic"))
    assert "review" not in words_in(await straight.opens_home("ann")), "no nagging"
    assert "Change my answers" in words_in(await straight.presses("bea", "diagnostic.resume", "1"))
    begun = words_in(await straight.presses("cal", "diagnostic.anew", "1"))
    assert "You are the only one in it now." in begun
    old = await straight.store(lambda store: store.reviews.by_id(1))
    assert old is not None
    assert old.state is ReviewState.GIVEN_UP
    assert "before it was done" in words_in(await straight.presses("bea", "diagnostic.mine", "1"))
    assert SECRET in await _copy(straight, "bea"), "their own answers stay theirs"
    assert "had begun already" in words_in(await straight.presses("bea", "diagnostic.anew", "1")), "no third begins"


async def test_a_review_that_somebody_went_on_with_is_not_put_away(straight: Straight) -> None:
    await begins(straight, "ann")
    straight.clock.move(weeks=9)
    abandoned = await straight.says("bea", "diagnostic")
    await straight.fills("ann", "diagnostic.answer", "1.2", answers())
    assert isinstance(abandoned, Say)
    for label in ("Begin a new one", "End it"):
        (button,) = (one for one in abandoned.message.buttons if one.label == label)
        said = words_in(await straight.presses("bea", button.action, button.argument))
        assert "Someone has gone on with this review, so it stays." in said
    assert await straight.store(lambda store: store.reviews.by_id(2)) is None
    straight.clock.move(weeks=9)
    assert "has ended" in words_in(await straight.presses("bea", button.action, button.argument))


async def test_ending_it_for_everyone_keeps_nobody_waiting(straight: Straight) -> None:
    await begins(straight, "ann")
    assert "Nobody reads its answers any more." in words_in(await straight.presses("cal", "diagnostic.give_up", "1"))
    assert "Nobody reads its answers any more." in words_in(await straight.presses("cal", "diagnostic.give_up", "1"))
    assert "before it was done" in words_in(await straight.opens("ann", "diagnostic.answer", "1"))
    assert "You are not in one now." in words_in(await straight.says("ann", "diagnostic"))


async def _copy(straight: Straight, user: str) -> str:
    reply = await straight.says(user, "export")
    assert isinstance(reply, Say)
    return "\n".join(one.text or "" for one in reply.message.attachments)


async def test_what_one_kept_is_in_the_copy_and_goes_with_an_erasure(straight: Straight) -> None:
    await begins(straight, "ann")
    await answers_all(straight, "ann")
    copy = await _copy(straight, "ann")
    assert "Review of Sexual Health Network, begun on 12 January 2027" in copy
    assert f"What is this network for?: {SECRET}" in copy
    await straight.fills("ann", "privacy.erase", "", {"confirmation": "erase"})
    assert SECRET not in words_in(await straight.tables())


async def test_the_kind_of_the_last_review_changes_the_words_for_whoever_may_read_it(straight: Straight) -> None:
    def ended(store: Store) -> None:
        bea, cal = of_user(store, "bea"), of_user(store, "cal")
        given = answers(governance="enclave")
        review_id = answered_by(store, {bea: given, cal: given}, straight.clock.now())
        store.reviews.begin_joint(review_id, bea, straight.clock.now())
        store.reviews.end(review_id, straight.clock.now())

    await straight.store(ended)
    said = words_in(await straight.says("bea", "diagnostic"))
    assert "See what it came to" in said
    network = await straight.store(network_id)
    offered = words_in(await straight.presses("bea", "diagnostic.new", str(network)))
    assert "You will read the new one beside it." in offered
    await straight.presses("bea", "diagnostic.begin", str(network))
    ann = await straight.store(lambda store: of_user(store, "ann"))
    await straight.sends("bea", "diagnostic.ask", "2", {"who": (str(ann),)})
    for user, is_in_kind in (("bea", True), ("ann", False)):
        drawn = words_in(await straight.opens(user, "diagnostic.answer", "2.3"))
        assert ("any of us, not just from those who began" in drawn) is is_in_kind
    assert "See the last one" not in words_in(await straight.says("ann", "diagnostic"))


async def test_with_an_erasure_go_the_ranges_that_would_still_tell_an_answer(straight: Straight) -> None:
    def ended(store: Store) -> None:
        bea, ann = of_user(store, "bea"), of_user(store, "ann")
        review_id = answered_by(store, {bea: answers(2), ann: answers(4)}, straight.clock.now())
        store.reviews.begin_joint(review_id, bea, straight.clock.now())
        store.reviews.end(review_id, straight.clock.now())

    def ranges(store: Store) -> int:
        result = store.reviews.result(1, Reader(of_user(store, "bea"), None))
        assert result is not None
        return len(result.ranges)

    await straight.store(ended)
    assert await straight.store(ranges) > 0
    await straight.fills("ann", "privacy.erase", "", {"confirmation": "erase"})
    assert await straight.store(ranges) == 0


async def test_in_a_large_network_names_are_typed_and_a_name_of_nobody_asks_nobody(straight: Straight) -> None:
    def grow(store: Store) -> None:
        network = network_id(store)
        for number in range(101):
            person_id = store.people.add(f"Person Number{number:03}")
            store.people.add_role(person_id, RoleHeld(Role.MEMBER, network))

    await straight.store(grow)
    await begins(straight)
    drawn = words_in(await straight.opens("bea", "diagnostic.ask", "1"))
    assert "Type the names, one in a line." in drawn
    for typed, problem in (("Ann Example\nZoe Nobody", "I find nobody"), ("Person", "Do you mean")):
        reply = await straight.sends("bea", "diagnostic.ask", "1", {"who": typed})
        assert isinstance(reply, Correct)
        assert problem in reply.errors["who"]
        assert typed in words_in(reply.form), "nothing typed is lost"
    said = words_in(await straight.sends("bea", "diagnostic.ask", "1", {"who": "ann example\nPerson Number007, fay"}))
    assert "I ask Ann Example and Fay Faculty in their working hours." in said
    assert "I can’t write to Person Number007 now." in said
    assert len(await straight.store(lambda store: store.reviews.seats(1))) == 4

"""What is said where something cannot be kept as it was sent: a day that does not fit, or what others changed."""

from datetime import date

from handlers.kit.dates import months_after
from handlers.kit.text import day
from handlers.plan import lines, months
from storage.plan_records import Plan, PlanItem, PlanPoint

NOT_YOURS = "That plan is not there for you. Type plan to see what is."
NOT_YOURS_TO_CHANGE = "Only those who run the network can change its plan. You can ask them."
OVER = "That plan is over. Type plan to see the plan now."
DONE = "That item is done or was let go, so it stays as it is. Type plan, and press Open to take it up again."
MOST_ITEMS = 20
"""Items that are still to do in one plan."""
FULL = f"A plan of more than {MOST_ITEMS} open items is hard to keep. Please take one out first. Type plan to see it."
TWICE = "That is in your plan already. You can choose another, or write your own."
MADE_MEANWHILE = "Someone has made a plan meanwhile. Here it is."
MORE_READERS = "The plan has other readers since you opened this. Look who they are, then send it again."
HELD_ALREADY = "That review point was held, so its day stays. You can change its note."
ITEMS_CHANGED = "The plan changed since you opened this. Look at its items again, then send it."
MOST_BEFORE, MOST_AHEAD = 12, 6
"""Months that a plan can begin before today, and after it."""


def not_a_beginning(on: date, today_on: date) -> str:
    """Why a plan cannot begin on that day; "" where it can."""
    if on < months_after(today_on, -MOST_BEFORE):
        return "That is more than a year ago. Please choose a later day."
    if on > months_after(today_on, MOST_AHEAD):
        return "That is more than six months ahead. Please choose an earlier day."
    return ""


def not_a_day(on: date, plan: Plan, today_on: date) -> str:
    """Why a review point cannot be on that day; "" where it can."""
    last_on = months.last_day(plan.began_on)
    if on < plan.began_on:
        return f"The plan begins on {day(plan.began_on)}. Please choose that day or a later one."
    if on < today_on:
        return "That day has passed. Please choose today or a later day. If it was held, press We held it."
    if on > last_on:
        return f"The plan ends with {day(last_on)}. Please choose that day or an earlier one."
    return ""


def not_held(on: date, plan: Plan, today_on: date) -> str:
    """Why a review point cannot have been held on that day; "" where it can."""
    if on > today_on:
        return "That day is still to come. Please choose the day on which it was held."
    if on < plan.began_on:
        return f"The plan began on {day(plan.began_on)}. Please choose that day or a later one."
    return ""


def item_meanwhile(item: PlanItem) -> str:
    """What an item says now, to somebody who changes it as it was."""
    now = f"“{item.title}”, for {months.in_words(item.month_on)}. {lines.owner(item)}"
    typed = "What you typed still stands here. Send it again to keep it."
    return f"The plan changed since you opened this. This item says now: {now} {typed}"


def point_meanwhile(point: PlanPoint) -> str:
    """What others noted since the form was drawn."""
    note = f" The note is now: “{point.note}”." if point.note else ""
    return f"The plan changed since you opened this.{note} Yours stands here still. Send it again to keep yours."

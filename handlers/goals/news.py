"""Shows what people are told of goals: one that was handed to them or back, someone who helps, a shared review."""

from handlers.goals import spoken
from handlers.goals.views import CANNOT, GOALS
from handlers.kit.content import Bold, Button, Message, paragraph
from handlers.kit.occasions import Item
from handlers.kit.text import shortened
from storage.goal_records import Goal, Kind, News


def line(news: News) -> Item:
    """The line that tells it, with what can be done."""
    who, title = news.by_name or spoken.LEFT, f"“{shortened(news.title, 120)}”"
    if news.kind is Kind.REVIEW:
        text = f"{who} has shared a review of the goals of {news.network_name}."
        return Item(text, Button("Read it", "goals.summary", str(news.review_id)))
    look = Button("Look at the goal", "goals.show", str(news.goal_id), about=shortened(news.title, 60))
    if news.kind is Kind.HELPER:
        return Item(f"{who} helps you with the goal {title} now.", look)
    if news.kind is Kind.BACK:
        return Item(f"{who} cannot take on the goal {title}, so it is yours again.", look)
    decline = Button(CANNOT, "goals.decline", str(news.goal_id), about=shortened(news.title, 60))
    return Item(f"{who} has handed you the goal {title}. You look after it now.", look, (decline,))


def handed_back(goal: Goal, said: str) -> Message:
    """The goal is handed back to whoever gave it."""
    text = "That is kept. You no longer look after this goal."
    return Message(text, (paragraph(Bold(shortened(goal.words.title, 300))), paragraph(f"{text} {said}")), (GOALS,))

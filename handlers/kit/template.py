"""A network's check-in questions: the ones in force, and the ones that come with the product."""

from functools import cache

from handlers.kit.context import Context
from prompts.checkin import default_questions
from storage.records import Audience, Condition, QuestionKind, Template, TemplateQuestion


@cache
def product_questions() -> tuple[TemplateQuestion, ...]:
    """The default check-in of `prompts/checkin/default.toml`."""
    return tuple(
        TemplateQuestion(
            key=one["key"],
            label=one["label"],
            kind=QuestionKind(one["kind"]),
            required=one.get("required", False),
            audience=Audience[one.get("audience", "ONLY_ME")],
            low=one.get("low", ""),
            high=one.get("high", ""),
            shown_if=Condition(one["shown_if"]) if "shown_if" in one else None,
            asks_for_help=one.get("asks_for_help", False),
        )
        for one in default_questions()
    )


def template_in_force(context: Context, network_id: int) -> Template:
    """The newest version of the network's questions; the product's own are kept as version 1 where there is none."""
    current = context.store.templates.current(network_id)
    return current or context.store.templates.add(network_id, product_questions(), context.now, None)

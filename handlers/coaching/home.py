"""What stands on a person's own page about their coaching: a talk that they have begun."""

from handlers.coaching import views
from handlers.coaching.feature import feature
from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn


@feature.hears(HomeDrawn)
def show_open_talk(drawn: HomeDrawn, context: Context) -> None:
    """A line for the talk that goes on, if there is one; what was said in it is not shown."""
    talk = context.store.coaching.going_on(drawn.person_id)
    if talk is not None:
        drawn.items.append(views.goes_on(talk, context.local_on(talk.started_at)))

"""How the browser platform draws: what people wrote stays text, everything has its label, nothing is inline."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.clock import MovedClock
from bench.small_talk import DEMO, EVERYTHING, FORM, HOME, HOSTILE, TREND
from bot.platforms.web.chart import BOTTOM, TOP, drawing
from bot.platforms.web.outbound import Conversation
from bot.platforms.web.render import Asked, Pages, calendar_day, clock_time
from handlers.kit.content import (
    Attachment,
    Bold,
    Button,
    Buttons,
    Chart,
    Choice,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Phase,
    Question,
    Quote,
    Series,
    Standing,
    Stop,
    Table,
    Timeline,
    Wheel,
    paragraph,
)
from handlers.kit.events import Values
from storage.records import Condition, QuestionKind

ANN = DEMO.people[0]
H = HOSTILE
TODAY = date(2027, 1, 12)
HOSTILE_BUTTON = Button(H, "talk.press", H, about=H, confirm=H)
HOSTILE_MESSAGE = Message(
    H,
    (
        Heading(H), paragraph(H, Bold(H), Link(H, "https://example.org/" + H)), Quote(H), Facts(((H, H),)),
        Table(H, (H, H), ((H, H),)), Chart(H, H, (H,), (1,), H, 0, 2),
        Wheel(H, H, (H, H, H), (Series(H, (1, 2, None)),), Table(H, (H,), ((H,),))),
        Timeline(H, H, (Phase(H, TODAY, TODAY, (Stop(TODAY, H, H, Standing.DUE, H),)),), TODAY),
        Buttons((HOSTILE_BUTTON,)),
    ),
    (HOSTILE_BUTTON, Button(H, "talk.form", H, opens_form=True)),
    (Attachment.of_text(H, "text/plain", H),),
)  # fmt: skip
HOSTILE_FORM = Form(
    "talk.hostile", H,
    tuple(
        Question(
            kind.name.lower(), H, kind, hint=H, choices=(Choice(H, H),), value=H, shown_if=Condition("scale", (H,))
        )
        for kind in QuestionKind
    ),
    argument=H, intro=(H, Bold(H)), submit=H,
)  # fmt: skip


def conversation(*messages: Message, said: str = "") -> str:
    talk = Conversation(MovedClock())
    talk.home = HOME
    for message in messages:
        talk.say(message)
    if said:
        talk.heard("e1", said)
    return Pages(DEMO).conversation(ANN, talk, said, said)


def form(form: Form = FORM, **errors: str) -> str:
    return Pages(DEMO).form(ANN, Asked(form, errors=errors))


HOSTILE_PAGES = {
    "conversation": conversation(HOSTILE_MESSAGE, said=H),
    "form": form(HOSTILE_FORM, scale=H, choice=H),
    "retry": Pages(DEMO).retry(ANN, (("one.a", H), (H, H)), H),
    "error": Pages(DEMO).error(400, H),
    "chooser": Pages(DEMO).chooser(),
}
ALL_PAGES = {**HOSTILE_PAGES, "everything": conversation(EVERYTHING), "check-in": form(moved="Please answer.")}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_what_a_person_wrote_adds_no_tag(name: str) -> None:
    page = LexborHTMLParser(HOSTILE_PAGES[name])
    assert [one.attributes.get("src") for one in page.css("script")] == ["/static/weaver.js"]
    links = {one.attributes.get("href") or "" for one in page.css("a")}
    assert "https://example.org" not in links
    assert "alert(1)" not in "".join(one.text() for one in page.css("script"))


def test_what_a_person_wrote_is_read_as_it_was_written() -> None:
    page = LexborHTMLParser(conversation(HOSTILE_MESSAGE, said=H))
    for place in (
        "h3",
        "blockquote",
        "dt",
        "dd",
        "caption",
        "th",
        "td",
        "h4",
        ".stops li",
        ".wheel .key li",
        ".said",
        "svg title",
        "svg desc",
        "summary.button",
    ):
        nodes = [one for one in page.css(f"#messages {place}") if H in one.text()]
        assert nodes, place
    typed = LexborHTMLParser(form(HOSTILE_FORM)).css_first("textarea")
    assert typed is not None
    assert typed.text().strip() == H


@pytest.mark.parametrize("name", ALL_PAGES)
def test_nothing_is_inline(name: str) -> None:
    page = LexborHTMLParser(ALL_PAGES[name])
    assert not page.css("style, [style], iframe, object, base")
    assert all(one.attributes.get("src") and not one.text() for one in page.css("script"))
    every = (attribute for node in page.css("*") for attribute in node.attributes)
    assert not [attribute for attribute in every if attribute.startswith("on")]


@pytest.mark.parametrize("name", ALL_PAGES)
def test_every_page_says_that_it_is_a_demo_and_speaks_british_english(name: str) -> None:
    page = LexborHTMLParser(ALL_PAGES[name])
    notice, html = page.css_first("body > header .demo"), page.css_first("html")
    assert notice is not None
    assert notice.text() == "This is a demo. The people and networks are made up."
    assert html is not None
    assert html.attributes["lang"] == "en-GB"


@pytest.mark.parametrize("name", ["everything", "check-in", "form", "conversation"])
def test_every_id_is_there_once_and_every_reference_leads_to_one(name: str) -> None:
    page = LexborHTMLParser(ALL_PAGES[name])
    ids = [one.attributes["id"] for one in page.css("[id]")]
    assert len(ids) == len(set(ids))
    wanted = {one.attributes["for"] for one in page.css("[for]")}
    for attribute in ("aria-labelledby", "aria-describedby"):
        for one in page.css(f"[{attribute}]"):
            wanted |= set((one.attributes[attribute] or "").split())
    wanted |= {(one.attributes["href"] or "")[1:] for one in page.css(".summary a")}
    missing = wanted - set(ids) - {"form-title"}
    assert not missing


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///x", "http://", "http://["]
)
def test_only_an_address_on_the_web_becomes_a_link(url: str) -> None:
    page = LexborHTMLParser(conversation(Message("m", (paragraph(Link("the words", url)),))))
    assert [one.text() for one in page.css("#messages .paragraph")] == ["the words"]
    assert not page.css("#messages .message a")


def test_a_chart_has_a_title_a_sentence_and_the_figures_as_a_table() -> None:
    page = LexborHTMLParser(conversation(EVERYTHING))
    picture = page.css_first(".chart svg")
    assert picture is not None
    assert picture.attributes["role"] == "img"
    assert [one.text() for one in picture.css("title, desc")] == [TREND.title, TREND.summary]
    rows = [tuple(cell.text() for cell in row.css("th, td")) for row in page.css(".chart tbody tr")]
    assert tuple(rows) == TREND.as_table().rows


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    drawn = drawing(TREND)
    assert [len(line.split()) for line in drawn.lines] == [2, 3]
    assert len(drawn.points) == 5


@pytest.mark.parametrize("values", [(), (None,), (3,), (-10, 99), (1, 1), tuple(range(60))])
def test_a_chart_of_any_values_stays_in_its_frame(values: tuple[float | None, ...]) -> None:
    names = tuple(str(number) for number in range(len(values)))
    drawn = drawing(Chart("t", "s", names, values, "v", 1, 5))
    assert all(TOP <= point.y <= BOTTOM for point in drawn.points)
    assert len(drawn.across) <= 6
    assert drawing(Chart("t", "s", names, values, "v", 2, 2)).points == drawn.points or values


def test_each_question_has_its_label_its_readers_and_its_sentence() -> None:
    page = LexborHTMLParser(form(moved="Please answer this one."))
    field = page.css_first("textarea#q-moved")
    assert field is not None
    assert field.attributes["aria-describedby"] == "q-moved-hint q-moved-error"
    assert field.attributes["aria-invalid"] == "true"
    assert [one.text() for one in page.css("#q-moved-hint")] == ["Only you can read this."]
    assert [one.text() for one in page.css(".summary a")] == ["What moved? Please answer this one."]
    groups = [one.text().strip() for one in page.css("fieldset > legend")]
    assert groups == ["How does the network feel this week?", "Do you want help? (optional)", "Which areas? (optional)"]


def test_a_question_that_may_not_count_says_when_it_does() -> None:
    page = LexborHTMLParser(form())
    assert [one.text() for one in page.css(".only-if")] == ["Only if you answered “Yes” to “Do you want help?”"]
    question = page.css_first("[data-shown-if]")
    assert question is not None
    assert (question.attributes["data-shown-if"], question.attributes["data-values"]) == ("help", '["yes"]')


def test_what_was_chosen_stands_chosen() -> None:
    values: Values = {"feel": "4", "areas": ("clinics", "online"), "readers": "leaders", "help": "no", "person": "fay"}
    page = LexborHTMLParser(form(FORM.filled(values)))
    checked = [one.attributes["value"] for one in page.css("[checked]")]
    assert checked == ["4", "no", "clinics", "online"]
    assert [one.text() for one in page.css("[selected]")] == ["Leaders", "Fay Iqbal"]


def test_a_value_of_the_wrong_shape_chooses_nothing_by_accident() -> None:
    page = LexborHTMLParser(form(FORM.filled({"feel": ("1", "5"), "areas": "clinicsschools"})))
    assert [one.attributes["value"] for one in page.css("[type=checkbox][checked]")] == []


def test_a_button_tells_a_screen_reader_what_it_acts_on_and_asks_first_where_it_should() -> None:
    page = LexborHTMLParser(conversation(EVERYTHING))
    names = [" ".join(one.text().split()) for one in page.css("#messages .button")]
    assert names == [
        "Edit: the check-in of 8 February", "Withdraw", "Yes: Withdraw", "Who can see this: the check-in of 8 February",
    ]  # fmt: skip
    asks = page.css_first("details.confirm .ask p")
    assert asks is not None
    assert asks.text() == "Withdraw this check-in? Nobody will see it."


def test_two_drawings_of_one_button_are_two_acts() -> None:
    nonces = re.findall(r'name="nonce" value="([^"]+)"', conversation(EVERYTHING, EVERYTHING))
    assert len(nonces) == len(set(nonces)) > 4


@pytest.mark.parametrize(
    ("hour", "minute", "words"), [(0, 0, "12am"), (9, 5, "9.05am"), (12, 0, "12pm"), (17, 30, "5.30pm")]
)
def test_times_are_written_as_the_nhs_writes_them(hour: int, minute: int, words: str) -> None:
    assert clock_time(datetime(2027, 1, 12, hour, minute, tzinfo=UTC), ZoneInfo("Europe/London")) == words


def test_a_time_is_the_clock_of_the_programme() -> None:
    late = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    assert (clock_time(late, ZoneInfo("Europe/London")), calendar_day(late, ZoneInfo("Europe/London"))) == (
        "12.30am",
        "1 July 2027",
    )

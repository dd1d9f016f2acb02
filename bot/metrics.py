"""Counts and timings for /metrics, by platform and outcome; never a name, a network or a tenant."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.platforms import GaveUp, SendResult, Sent, TryAgain, Unknown
from storage.scheduled import Pending, State

_OUTCOMES = {Sent: "sent", TryAgain: "try again", Unknown: "unknown", GaveUp: "given up"}
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3)


class Metrics:
    """The bot's own figures, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._events = Counter(
            "weaver_inbound_events", "Events that came in", ("platform", "outcome"), registry=self._registry
        )
        self._seconds = Histogram(
            "weaver_inbound_seconds",
            "Seconds from event to committed reply",
            ("platform",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        labels = ("platform", "outcome")
        self._attempts = Counter("weaver_outbound_attempts", "Messages tried", labels, registry=self._registry)
        self._looks = Counter("weaver_outbound_looks", "Uncertain messages looked for", labels, registry=self._registry)
        self._ended = Counter(
            "weaver_deliveries_ended", "Deliveries that came to an end", ("platform", "state"), registry=self._registry
        )
        self._open = Gauge("weaver_deliveries_open", "Deliveries not at an end", ("state",), registry=self._registry)
        self._due = Gauge("weaver_deliveries_due", "Planned deliveries that are due", registry=self._registry)
        self._lag = Gauge("weaver_deliveries_lag_seconds", "Age of the oldest that is due", registry=self._registry)

    def inbound(self, platform: str, outcome: str, seconds: float) -> None:
        """Count one event and how long it took, in seconds."""
        self._events.labels(platform, outcome).inc()
        self._seconds.labels(platform).observe(seconds)

    def attempt(self, platform: str, result: SendResult) -> None:
        """Count one attempt at sending a message."""
        self._attempts.labels(platform, _OUTCOMES[type(result)]).inc()

    def look(self, platform: str, result: SendResult) -> None:
        """Count one look for an uncertain message."""
        self._looks.labels(platform, _OUTCOMES[type(result)]).inc()

    def ended(self, platform: str, state: State) -> None:
        """Count one delivery that came to an end: sent, given up, dropped or missed."""
        self._ended.labels(platform, state.value).inc()

    def open(self, pending: Pending, now: datetime) -> None:
        """Show what is not at an end; `now` is the clock that decides what is due."""
        for state in (State.PLANNED, State.SENDING, State.UNKNOWN):
            self._open.labels(state.value).set(pending.counts.get(state, 0))
        self._due.set(pending.due)
        self._lag.set((now - pending.oldest_due_at).total_seconds() if pending.oldest_due_at else 0)

    def page(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)

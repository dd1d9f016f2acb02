"""Counts and timings for /metrics, by platform and outcome; never a name, a network or a tenant."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

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

    def inbound(self, platform: str, outcome: str, seconds: float) -> None:
        """Count one event and how long it took, in seconds."""
        self._events.labels(platform, outcome).inc()
        self._seconds.labels(platform).observe(seconds)

    def page(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)

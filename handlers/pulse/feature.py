"""The feature that the modules here declare their routes on."""

from handlers.kit.feature import Feature
from handlers.pulse import examples

feature = Feature("pulse", examples=examples.examples)
"""Who answered is nowhere in the audit log; only who began one, and who let the faculty see what it came to."""

"""The routes under what is sent unasked."""

from handlers.kit.feature import Feature

feature = Feature("nudges")

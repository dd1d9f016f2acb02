"""The routes of the conversation about people and roles."""

from handlers.kit.feature import Feature

feature = Feature("people")

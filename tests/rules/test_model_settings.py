"""The settings of the model: off without a key, and named with their mend where they cannot be used."""

from __future__ import annotations

import pytest

from bot.settings import BadSettings, ModelSettings, read, read_model

ON = {"OPENAI_API_KEY": "key", "WEAVER_MODEL": "a-model"}


def test_the_demonstration_reads_its_settings_alone() -> None:
    assert read_model({**ON, "WEAVER_PORT": "ninety"}) == ModelSettings("key", "a-model")
    assert read_model({"WEAVER_MODEL": "a-model"}) is None
    with pytest.raises(BadSettings, match="WEAVER_MODEL"):
        read_model({"OPENAI_API_KEY": "key"})


def test_it_is_off_unless_a_key_is_set() -> None:
    assert read({"WEAVER_MODEL": "a-model", "OPENAI_BASE_URL": "http://anywhere.example"}).model is None


def test_what_is_set_is_kept_and_the_key_is_never_shown() -> None:
    own = {"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1", "WEAVER_MODEL_TOKENS_A_DAY": "5000"}
    model = read({**ON, **own, "WEAVER_MODEL_SECONDS": "20"}).model
    assert model == ModelSettings("key", "a-model", "http://127.0.0.1:11434/v1", 5000, 20)
    assert "'key'" not in repr(model)


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"OPENAI_API_KEY": "key"}, "OPENAI_API_KEY is set without WEAVER_MODEL"),
        ({**ON, "WEAVER_MODEL": " "}, "OPENAI_API_KEY is set without WEAVER_MODEL"),
        ({**ON, "OPENAI_API_KEY": "key\nX-Other: 1"}, "OPENAI_API_KEY must be"),
        ({**ON, "OPENAI_BASE_URL": "http://models.example/v1"}, "OPENAI_BASE_URL must be an https:// address"),
        ({**ON, "OPENAI_BASE_URL": "file:///etc"}, "OPENAI_BASE_URL must be an https:// address"),
        ({**ON, "WEAVER_MODEL_TOKENS_A_DAY": "0"}, "WEAVER_MODEL_TOKENS_A_DAY must be a whole number from 1"),
        ({**ON, "WEAVER_MODEL_TOKENS_A_DAY": "many"}, "WEAVER_MODEL_TOKENS_A_DAY must be a whole number from 1"),
        ({**ON, "WEAVER_MODEL_SECONDS": "9" * 5000}, "WEAVER_MODEL_SECONDS must be a whole number from 1 to 600"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_mend(env: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read(env)
    assert [one[: len(told)] for one in refused.value.problems] == [told]
    assert len(refused.value.problems[0]) < 200

"""Settings: where they come from, and which key goes to which address."""

from typing import Any

import pytest

from assistant.settings import Endpoint, SettingsError, config_file, encoder, load

MINE, OPENAI, THEIRS = "http://127.0.0.1:1/v1", "http://127.0.0.1:2/v1", "http://127.0.0.1:3/v1"


def told(endpoint: Endpoint | None) -> tuple[str, str | None] | None:
    return (endpoint.base_url, endpoint.key) if endpoint else None


@pytest.mark.parametrize(
    ("environment", "writer", "other_encoder"),
    [
        pytest.param({}, None, None, id="nothing is named"),
        pytest.param({"OPENAI_API_KEY": "o"}, None, None, id="a key without an address goes nowhere"),
        pytest.param(
            {"OPENAI_API_KEY": "o", "OPENAI_BASE_URL": OPENAI}, (OPENAI, "o"), (OPENAI, "o"), id="a pair of OpenAI's"
        ),
        pytest.param(
            {"OPENAI_API_KEY": "o", "BRIEFING_BASE_URL": MINE}, (MINE, None), (MINE, None), id="not to my address"
        ),
        pytest.param(
            {"BRIEFING_API_KEY": "m", "BRIEFING_BASE_URL": MINE, "OPENAI_API_KEY": "o", "OPENAI_BASE_URL": OPENAI},
            (MINE, "m"),
            (MINE, "m"),
            id="mine before OpenAI's",
        ),
        pytest.param(
            {"BRIEFING_API_KEY": "m", "BRIEFING_BASE_URL": MINE, "BRIEFING_ENCODER_BASE_URL": THEIRS},
            (MINE, "m"),
            (THEIRS, None),
            id="the writer's key does not go to the encoder's address",
        ),
        pytest.param(
            {"BRIEFING_ENCODER_BASE_URL": THEIRS, "BRIEFING_ENCODER_API_KEY": "e"},
            None,
            (THEIRS, "e"),
            id="an encoder alone",
        ),
    ],
)
def test_a_key_goes_only_to_the_address_it_was_given_for(
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    writer: tuple[str, str | None] | None,
    other_encoder: tuple[str, str | None] | None,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = load()
    assert told(settings.writer_endpoint) == writer
    assert told(settings.encoder_endpoint) == other_encoder


def test_no_key_shows_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BRIEFING_API_KEY", "BRIEFING_ENCODER_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "sk-never-show-this")
    monkeypatch.setenv("OPENAI_BASE_URL", OPENAI)
    settings = load()
    assert "sk-never" not in f"{settings!r} {settings} {settings.writer_endpoint!r} {settings.model_dump_json()}"


def test_flags_come_before_the_environment_and_the_environment_before_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text('model = "of the file"\ntimeout = 7\nport = 1\n')
    monkeypatch.setenv("BRIEFING_MODEL", "of the environment")
    settings = load(port=2)
    assert (settings.model, settings.timeout, settings.port) == ("of the environment", 7.0, 2)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"port": 70_000}, "port: Input should be less than or equal to 65535"),
        ({"timeout": 0}, "timeout: Input should be greater than 0"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(flags: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load(**flags)


def test_a_file_that_does_not_parse_is_named() -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text("model = [")
    with pytest.raises(SettingsError, match=r"briefing\.toml cannot be read"):
        load()


def test_another_encoder_needs_an_address() -> None:
    with pytest.raises(SettingsError, match=r"The encoder minilm needs an address\. Set BRIEFING_ENCODER_BASE_URL"):
        encoder(load(encoder_model="minilm"))


def test_a_key_without_an_address_is_told() -> None:
    with pytest.raises(SettingsError, match="BRIEFING_ENCODER_API_KEY has no address"):
        encoder(load(encoder_model="minilm", encoder_api_key="e"))

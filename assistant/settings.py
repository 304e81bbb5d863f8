"""All settings in one typed place: flags, then environment `BRIEFING_*`, then briefing.toml, then these defaults."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from index.errors import BriefingError

if TYPE_CHECKING:
    from index.encoder import Encoder

_APP = "briefing"


class SettingsError(BriefingError):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible address and the key that is meant for it."""

    base_url: str
    api_key: SecretStr | None

    @property
    def key(self) -> str | None:
        """The key in the clear, for the client library alone."""
        return self.api_key.get_secret_value() if self.api_key else None


class Settings(BaseSettings):
    """What can be set. A key is a secret: it is never shown, logged or exported."""

    model_config = SettingsConfigDict(env_prefix="BRIEFING_", extra="ignore", frozen=True, populate_by_name=True)

    library: Path = Field(default_factory=lambda: user_data_path(_APP) / "library")
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)

    # Writer: without a model the extractive writer answers, offline.
    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout: float = Field(default=60.0, gt=0)
    retries: int = Field(default=1, ge=0, le=10)
    hold_back: bool = True
    # Whether the model is asked, too, where a verdict is in doubt. It sees the sentence and its source.
    second_opinion: bool = False
    # How readily a question is refused for want of evidence.
    caution: Literal["cautious", "balanced", "eager"] = "balanced"

    # Encoder: without a name the bundled one is used, offline.
    encoder_model: str | None = None
    encoder_base_url: str | None = None
    encoder_api_key: SecretStr | None = None

    # What other programs use too. Read together: that key goes to that address and to no other.
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")

    @property
    def writer_endpoint(self) -> "Endpoint | None":
        """Where the writing model is, if anywhere is named."""
        if self.base_url:
            return Endpoint(self.base_url, self.api_key)
        return Endpoint(self.openai_base_url, self.openai_api_key or self.api_key) if self.openai_base_url else None

    @property
    def encoder_endpoint(self) -> "Endpoint | None":
        """Where the other encoder is: an address of its own with a key of its own, or the writer's.

        Raises SettingsError for a key of its own without an address: it would go nowhere.
        """
        if self.encoder_base_url:
            return Endpoint(self.encoder_base_url, self.encoder_api_key)
        if self.encoder_api_key:
            raise SettingsError("BRIEFING_ENCODER_API_KEY has no address to go to. Set BRIEFING_ENCODER_BASE_URL.")
        return self.writer_endpoint

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, then the TOML file of the user's configuration folder."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())


def config_file() -> Path:
    """Where the user's briefing.toml is looked for."""
    return user_config_path(_APP) / "briefing.toml"


def load(**flags: Any) -> Settings:
    """The settings with the flags that were given; None means not given. Raises SettingsError, naming each fault."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"These settings cannot be used: {faults}.") from error
    except (OSError, ValueError) as error:  # a TOML file that cannot be read or does not parse
        raise SettingsError(f"{config_file()} cannot be read: {error}.") from error


def encoder(settings: Settings) -> "Encoder":
    """The encoder that the settings name: the bundled one, or an OpenAI-compatible endpoint."""
    if not settings.encoder_model:
        from index.encoder import load_encoder

        return load_encoder()
    from index.remote_encoder import OpenAIEncoder

    endpoint = settings.encoder_endpoint
    if endpoint is None:
        raise SettingsError(f"The encoder {settings.encoder_model} needs an address. Set BRIEFING_ENCODER_BASE_URL.")
    return OpenAIEncoder(
        model=settings.encoder_model,
        base_url=endpoint.base_url,
        api_key=endpoint.key,
        timeout=settings.timeout,
        max_retries=settings.retries,
    )

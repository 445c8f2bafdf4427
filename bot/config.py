"""The newsroom's settings, from TOML and the environment. Knows no defaults but these.

Every option is documented in `config.example.toml`; a test holds the two together. Environment
variables win over the file: `MONADI_TELEGRAM__TOKEN`, `MONADI_DATABASE`, …
"""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from bot import addresses
from bot.delivery.pacing import Limits
from bot.desk.urgency import UrgentRules
from bot.errors import ConfigError
from bot.intake.fetching import Way
from bot.news.model import Form, Look, Piece, Role, UrlButton
from bot.news.plans.week_hour import WeekHour
from bot.news.posts import for_staff
from bot.news.spelling.house_style import DEFAULT, HouseStyle
from bot.newsroom_settings import NetworkSettings, NewsroomSettings
from bot.reaching import AssistantSettings, IntakeSettings
from bot.strict import Strict, secret
from bot.web.settings import ServerSettings

__all__ = ["AssistantSettings", "IntakeSettings"]  # they stand here like all others


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown, a path, a folder
        raise ValueError("not a time zone such as Asia/Tehran") from error
    return name


def _name(given: str) -> str:
    if not (shown := for_staff.name(given)):
        raise ValueError("not a name")
    return shown


def _week_hour(given: str) -> str:
    if given:
        WeekHour.parse(given)
    return given


class TelegramSettings(Strict):
    """How the bot reaches Telegram."""

    token: SecretStr = SecretStr("")
    token_file: Path | None = None
    proxy: Annotated[str | None, AfterValidator(addresses.proxy)] = Field(default=None, repr=False)
    base_url: Annotated[str, AfterValidator(addresses.server)] = Field(
        default="https://api.telegram.org", repr=False
    )

    @model_validator(mode="after")
    def _one_token(self) -> "TelegramSettings":
        if self.token.get_secret_value() and self.token_file:
            raise ValueError("give token or token_file, not both")
        return self

    def secret(self) -> str:
        """The token itself.

        Raises:
            ConfigError: there is none, its file can't be read, or it can't stand in an address.
        """
        token = secret(self.token, self.token_file, "telegram.token_file")
        if not token:
            raise ConfigError(
                (("telegram.token", "missing: set it here, in token_file or MONADI_TELEGRAM__TOKEN"),)
            )
        if not (token.isascii() and token.isprintable()) or set(token) & set(" /?#%"):
            raise ConfigError((("telegram.token", "is none: it is NUMBER:LETTERS, as @BotFather wrote it"),))
        return token


class StaffSettings(Strict):
    """Where roles begin: lists of Telegram user ids; a person may stand in several."""

    owner: tuple[int, ...] = ()
    channel_admin: tuple[int, ...] = ()
    editor: tuple[int, ...] = ()
    reporter: tuple[int, ...] = ()
    names: dict[int, Annotated[str, AfterValidator(_name)]] = Field(default_factory=dict)

    def people(self) -> dict[int, frozenset[Role]]:
        """Each person with all their roles."""
        roles: dict[int, set[Role]] = {}
        for role in Role:
            for person_id in getattr(self, role.value):
                roles.setdefault(person_id, set()).add(role)
        return {person_id: frozenset(found) for person_id, found in roles.items()}


class DeskSettings(Strict):
    """The groups in which the newsroom itself talks; how long the record of what it does is kept."""

    groups: tuple[int, ...] = ()
    leave_other_groups: bool = True
    record_days: Literal[0] | Annotated[int, Field(ge=30)] = 0  # 0: for ever
    weekly_sum: Annotated[str, AfterValidator(_week_hour)] = "saturday 9:00"  # empty: none

    def week_hour(self) -> WeekHour | None:
        """When owners get the sum of a week, on the newsroom's clock; None: never."""
        return WeekHour.parse(self.weekly_sum) if self.weekly_sum else None


class ButtonSettings(Strict):
    text: str = Field(min_length=1)
    url: str = Field(pattern=r"^(https?|tg)://\S+$")


class LookSettings(Strict):
    """What a newly connected channel's posts look like."""

    form: Form = Look().form
    pieces: tuple[Piece, ...] = Look().pieces
    bullet: str = Look().bullet
    related_bullet: str = Look().related_bullet
    unlinked: bool = Look().unlinked
    related_heading: str = Look().related_heading
    byline_label: str = Look().byline_label
    source_label: str = Look().source_label
    full_text_heading: str = Look().full_text_heading
    correction: str = Look().correction
    outdated: str = Look().outdated
    withdrawal: str = Look().withdrawal
    signature: str = Look().signature
    buttons: tuple[ButtonSettings, ...] = ()
    above: bool = Look().above
    silent: bool = Look().silent


class StyleSettings(Strict):
    """How the newsroom spells (docs/house_style.md); `words` comes on top of the built-in table."""

    digits: Literal["persian", "latin", "as_is"] = DEFAULT.digits
    decimal: Literal["٫", ".", "/", "as_is"] = DEFAULT.decimal
    thousands: Literal["٬", ",", "،", "as_is"] = DEFAULT.thousands
    percent: Literal["٪", "%", "as_is"] = DEFAULT.percent
    quotes: Literal["guillemets", "straight", "as_is"] = DEFAULT.quotes
    ellipsis: Literal["…", "...", "as_is"] = DEFAULT.ellipsis
    dash: Literal["–", "—", "-", "as_is"] = DEFAULT.dash
    ezafe: Literal["ۀ", "هٔ", "ه\u200cی", "as_is"] = DEFAULT.ezafe
    hashtags: Literal["_", "half_space"] = DEFAULT.hashtags
    doubled: bool = DEFAULT.doubled
    words: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _only_spelling(self) -> "StyleSettings":
        self.house_style()  # says which word would change more than its spelling
        return self

    def house_style(self) -> HouseStyle:
        return HouseStyle(**{**self.model_dump(), "words": {**DEFAULT.words, **self.words}})


class UrgentSettings(Strict):
    """What passes slots and quiet hours, and who has to agree."""

    confirm: bool = UrgentRules().confirm
    roles: tuple[Role, ...] = (Role.EDITOR, Role.CHANNEL_ADMIN, Role.OWNER)
    expires_minutes: int = Field(default=15, ge=1, le=24 * 60)

    @model_validator(mode="after")
    def _somebody(self) -> "UrgentSettings":
        if self.confirm and not self.roles:
            raise ValueError("confirm without roles: nobody could")
        return self

    def rules(self) -> UrgentRules:
        return UrgentRules(
            confirm=self.confirm,
            roles=frozenset(self.roles),
            expires=timedelta(minutes=self.expires_minutes),
        )


class PacingSettings(Strict):
    """How fast Telegram lets this bot write."""

    per_chat: float = Field(default=Limits().per_chat, gt=0, le=1000)
    per_group_per_minute: int = Field(default=Limits().per_group, ge=1, le=60_000)
    overall: int = Field(default=Limits().overall, ge=1, le=1000)
    reserved: int = Field(default=Limits().reserved, ge=0)
    speed: float = Field(default=Limits().speed, gt=0)

    @model_validator(mode="after")
    def _posts_may_go(self) -> "PacingSettings":
        self.limits()  # says that posts need a part of their own
        return self

    def limits(self) -> Limits:
        return Limits(
            per_chat=self.per_chat,
            per_group=self.per_group_per_minute,
            overall=self.overall,
            reserved=self.reserved,
            speed=self.speed,
        )


class LogSettings(Strict):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"
    sentry_dsn: SecretStr = SecretStr("")


class BackupSettings(Strict):
    """Where copies of the database are kept; none is made by itself without a `folder`."""

    folder: Path | None = None
    every_hours: int = Field(default=24, ge=1, le=24 * 31)
    keep: int = Field(default=14, ge=1, le=10_000)
    keep_days: int = Field(default=0, ge=0)
    recipient: Annotated[str, AfterValidator(addresses.public_key)] | None = None


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix="MONADI_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,  # an unknown key may hold a mistyped secret
    )

    database: Annotated[str, AfterValidator(addresses.database)] = Field(
        default="sqlite:///monadi.db", repr=False
    )
    language: Literal["fa", "en"] = "fa"
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Tehran"
    clock_url: str | None = Field(default=None, repr=False)
    telegram: TelegramSettings = TelegramSettings()
    staff: StaffSettings = StaffSettings()
    desk: DeskSettings = DeskSettings()
    look: LookSettings = LookSettings()
    assistant: AssistantSettings = AssistantSettings()
    intake: IntakeSettings = IntakeSettings()
    server: ServerSettings = ServerSettings()
    style: StyleSettings = StyleSettings()
    pacing: PacingSettings = PacingSettings()
    urgent: UrgentSettings = UrgentSettings()
    log: LogSettings = LogSettings()
    backup: BackupSettings = BackupSettings()
    network: NetworkSettings = NetworkSettings()
    newsrooms: tuple[NewsroomSettings, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which comes in as `init_settings`."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings

    @property
    def is_network(self) -> bool:
        """Whether these are the settings of several newsrooms, none of them alone."""
        return bool(self.newsrooms) or self.network.added

    def way_out(self) -> Way:
        """How pages and feeds are fetched."""
        return self.intake.way(self.telegram.proxy)

    def first_look(self) -> Look:
        """The look that a newly connected channel starts with."""
        words = self.look.model_dump(exclude={"buttons"})
        buttons = tuple(UrlButton(text=button.text, url=button.url) for button in self.look.buttons)
        return Look(**words, buttons=buttons, time_zone=self.time_zone)


class FixedSettings(Settings):
    """Settings that are what the code says, whatever the environment holds: the demo's."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del settings_cls
        return (init_settings,)


def load(path: Path | None) -> Settings:
    """The settings in the file at `path` (None: no file) under those of the environment.

    Raises:
        ConfigError: with every fault and its place, and no value of any.
    """
    content = _toml(path) if path else {}
    for name, url in addresses.proxies_around().items():
        try:
            addresses.proxy(url)
        except ValueError as error:
            raise ConfigError(((f"environment {name}", str(error)),)) from None
    return valid(lambda: Settings(**content))


def of_file(path: Path) -> FixedSettings:
    """What the file alone says.

    Raises:
        ConfigError: as `load`.
    """
    content = _toml(path)
    return valid(lambda: FixedSettings(**content))


def valid[Kind: Settings](made: Callable[[], Kind]) -> Kind:
    """The settings that are made.

    Raises:
        ConfigError: with every fault and its place, and no value of any.
    """
    try:
        return made()
    except ValidationError as error:
        faults = [(".".join(map(str, fault["loc"])) or "settings", fault["msg"]) for fault in error.errors()]
        raise ConfigError(tuple(faults)) from None  # pydantic's own text may quote values
    except SettingsError:
        raise ConfigError((("environment", "a MONADI_… variable is not the JSON it should be"),)) from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(((str(path), f"can't be read: {type(error).__name__}"),)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(((str(path), f"is not TOML: {error}"),)) from error

"""Settings: the example is complete and valid, all faults come at once, and secrets stay secret."""

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot import config
from bot.config import FixedSettings, Settings
from bot.errors import ConfigError
from bot.news.model import Form, Look, Role, UrlButton

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


def keys(model: type[BaseModel], prefix: str = "") -> set[str]:
    """Every option there is, dotted."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found |= keys(inner, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found


def example_keys() -> set[str]:
    """Every option the example names, also those that are commented out."""
    found: set[str] = set()
    table = ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        bare = line.removeprefix("# ")
        if bare.startswith("[["):
            found.add(bare.strip("[] "))
            table = "-"
        elif bare.startswith("["):
            table = bare.strip("[] ")
        elif " = " in bare and bare.split(" = ")[0].isidentifier() and table != "-":
            found.add(".".join(filter(None, [table, bare.split(" = ")[0]])))
    return found


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in os.environ:
        if name.startswith("MONADI_"):
            monkeypatch.delenv(name)


def test_people_may_be_named_and_a_name_is_one_plain_line(tmp_path: Path) -> None:
    found = config.load(written(tmp_path, '[staff]\neditor = [7]\nnames = { 7 = "مهتاب\\u202e (مالک)" }'))
    assert found.staff.names == {7: "مهتاب مالک"}
    with pytest.raises(ConfigError):
        config.load(written(tmp_path, '[staff]\nnames = { 7 = "()" }'))


def test_the_example_names_every_option_and_no_other() -> None:
    assert example_keys() == keys(Settings)


def test_the_example_is_valid_and_says_the_defaults() -> None:
    loaded = config.load(EXAMPLE)

    assert loaded.model_dump() == FixedSettings().model_dump()
    assert loaded.first_look() == Look()


def test_all_faults_are_told_at_once_with_their_place(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'langauge = "fa"\ntime_zone = "Asia/Teheran"\ndatabase = "mysql://x"\n'
        '[telegram]\nproxi = "x"\nproxy = "mtproto://x"\n[staff]\neditor = ["many"]\n'
        '[look]\npieces = ["headline", "footer"]\n[[look.buttons]]\ntext = ""\nurl = "x"\n',
    )
    with pytest.raises(ConfigError) as caught:
        config.load(path)

    assert {place for place, _ in caught.value.faults} == {
        "langauge",
        "time_zone",
        "database",
        "telegram.proxi",
        "telegram.proxy",
        "staff.editor.0",
        "look.pieces.1",
        "look.buttons.0.text",
        "look.buttons.0.url",
    }


def test_no_fault_shows_a_value_and_no_setting_its_secret(tmp_path: Path) -> None:
    path = written(tmp_path, '[telegram]\ntokn = "123:SECRET"\n')
    with pytest.raises(ConfigError) as caught:
        config.load(path)

    assert "SECRET" not in str(caught.value)
    loaded = config.load(written(tmp_path, '[telegram]\ntoken = "123:SECRET"\n'))
    assert "SECRET" not in repr(loaded) + str(loaded) + str(loaded.model_dump())
    assert loaded.telegram.secret() == "123:SECRET"


@pytest.mark.parametrize("content", ["x = ", "[staff]\neditor = [1,", "\x00"])
def test_broken_toml_is_told_with_the_files_name(content: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, content))

    assert str(tmp_path) in caught.value.faults[0][0]


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ConfigError):
        config.load(Path("/nowhere/config.toml"))


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, 'language = "fa"\n[telegram]\ntoken = "1:file"\n')
    monkeypatch.setenv("MONADI_LANGUAGE", "en")
    monkeypatch.setenv("MONADI_TELEGRAM__TOKEN", "1:environment")
    loaded = config.load(path)

    assert (loaded.language, loaded.telegram.secret()) == ("en", "1:environment")


def test_the_token_may_come_from_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("1:filed\n")
    loaded = config.load(written(tmp_path, f'[telegram]\ntoken_file = "{tmp_path}/token"\n'))

    assert loaded.telegram.secret() == "1:filed"
    with pytest.raises(ConfigError):
        config.load(written(tmp_path, '[telegram]\ntoken_file = "/nowhere"\n')).telegram.secret()
    with pytest.raises(ConfigError):
        config.load(written(tmp_path, "")).telegram.secret()


def test_a_person_may_stand_in_several_lists_and_a_look_is_made_of_words(tmp_path: Path) -> None:
    loaded = config.load(
        written(
            tmp_path,
            '[staff]\nowner = [4]\neditor = [4, 2]\n[look]\nform = "rich"\nsignature = "@x"\n'
            '[[look.buttons]]\ntext = "ما"\nurl = "https://example.com"\n',
        )
    )

    assert loaded.staff.people() == {4: {Role.OWNER, Role.EDITOR}, 2: {Role.EDITOR}}
    look = loaded.first_look()
    assert (look.form, look.signature) == (Form.RICH, "@x")
    assert look.buttons == (UrlButton(text="ما", url="https://example.com"),)


def test_the_demo_is_not_led_astray_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONADI_DATABASE", "sqlite:///production.db")

    assert FixedSettings().database == "sqlite:///monadi.db"
    assert tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["database"] == "sqlite:///monadi.db"


def test_pages_go_out_as_telegram_does_unless_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    telegram = '[telegram]\nproxy = "socks5://user:secret@proxy.example:1080"\n'

    def way(text: str) -> str | None:
        return config.load(written(tmp_path, text)).way_out().proxy

    assert way("") is None
    assert way(telegram) == "socks5://user:secret@proxy.example:1080"
    assert way(telegram + '[intake]\nproxy = "direct"') is None
    assert way(telegram + '[intake]\nproxy = "http://other.example:3128"') == "http://other.example:3128"
    monkeypatch.setenv("https_proxy", "around.example:8080")
    assert way("") == "http://around.example:8080"
    assert way('[intake]\nproxy = "direct"') is None
    with pytest.raises(ConfigError) as refused:
        config.load(written(tmp_path, '[intake]\nallow_hosts = ["http://wiki.lan/"]\nports = [0]'))
    assert [place for place, _ in refused.value.faults] == ["intake.ports.0", "intake.allow_hosts.0"]

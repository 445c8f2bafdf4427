"""What Monadi is installed with: the script, the service's unit, the image and the composition say what the program does."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # newspaper4k's own; its stubs are a package more for one file

from bot import config
from bot.web.health import Health

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = ROOT / "deploy" / "monadi.service"
SCRIPT = ROOT / "deploy" / "install.sh"
COMPOSITION = yaml.safe_load((ROOT / "compose.yaml").read_text())
PROXY = "socks5://sara:a&b%40c@127.0.0.1:1080"


def written(tmp_path: Path, owner: str, proxy: str) -> Path:
    """The settings as the script writes them, with the token beside them."""
    token = tmp_path / "token"
    token.write_text("123456:ABC-def\n")
    functions = re.search(r"^written\(\).*?^}", SCRIPT.read_text(), re.MULTILINE | re.DOTALL)
    assert functions is not None
    words = [f"SETTINGS={tmp_path} DATA={tmp_path}\n{functions[0]}\n", 'written "$1" "$2"']
    said = subprocess.run(
        ["/usr/bin/env", "bash", "-euc", "".join(words), "written", owner, proxy],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    file = tmp_path / "config.toml"
    file.write_text(said.stdout)
    return file


def test_the_script_writes_settings_that_the_bot_reads(tmp_path: Path) -> None:
    """Each of its own lines meets one of the example's, which may be worded anew some day."""
    settings = config.load(written(tmp_path, "101", PROXY))

    assert settings.database == f"sqlite:///{tmp_path}/monadi.db"
    assert settings.telegram.secret() == "123456:ABC-def"
    assert settings.telegram.proxy == PROXY
    assert settings.staff.owner == (101,)
    assert settings.backup.folder == tmp_path / "backups"


def test_no_owner_and_no_proxy_are_none(tmp_path: Path) -> None:
    settings = config.load(written(tmp_path, "", ""))

    assert not settings.staff.owner
    assert settings.telegram.proxy is None


@pytest.mark.parametrize("token", ["", "hello", "123:a b", "123:$(id)"])
def test_what_is_no_token_stops_the_script_before_anything_is_written(token: str) -> None:
    asked = re.search(r"if \[ ! -s .*?\n    fi", SCRIPT.read_text(), re.DOTALL)
    assert asked is not None
    words = f"""asked() {{ printf '%s' "$MONADI_TOKEN"; }}
stop() {{ echo "$1" >&2; exit 1; }}
install() {{ echo written >&2; }}
settings() {{ {asked[0]}
}}
SETTINGS=/nowhere
settings"""
    said = subprocess.run(
        ["/usr/bin/env", "bash", "-euc", words], env={"MONADI_TOKEN": token, "PATH": "/usr/bin:/bin"},
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert said.returncode == 1
    assert "no token" in said.stderr
    assert "written" not in said.stderr


def test_what_the_image_copies_is_there_and_handed_to_its_builder() -> None:
    handed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    sources = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in line.split()
    }

    assert sources
    assert sources == handed
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_nothing_that_is_kept_secret_reaches_the_image() -> None:
    first = next(
        line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")
    )

    assert first == "*"
    assert "config.toml" not in DOCKERFILE.replace("config.example.toml", "")


def test_every_image_that_runs_is_not_root() -> None:
    _, *running = re.split(r"^FROM .+$", DOCKERFILE, flags=re.MULTILINE)[1:]

    assert [re.findall(r"^USER (.+)$", stage, re.MULTILINE)[-1] for stage in running] == ["10001:10001"] * 2


def test_its_health_check_asks_what_is_served() -> None:
    asked = re.search(r"http://127\.0\.0\.1:8090(/\w+)", DOCKERFILE)

    async def nothing() -> dict[str, object]:
        return {}

    assert asked is not None
    assert asked[1] in {route.path for route in Health(look=nothing).routes()}


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml"])
def test_what_is_set_from_outside_is_an_option(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that no option has would be passed over without a word."""
    names = set(re.findall(r"^\s+(?:ENV )?(MONADI_[A-Z_]+)(?:=|: )", (ROOT / file).read_text(), re.MULTILINE))
    names -= {"MONADI_HOST"}  # Caddy's
    values = {
        "MONADI_TELEGRAM__TOKEN_FILE": str(tmp_path / "token"),
        "MONADI_DATABASE": "sqlite:////data/monadi.db",
        "MONADI_SERVER__ADDRESS": "0.0.0.0:8090",
        "MONADI_SERVER__TRUSTED_PROXIES": '["172.16.0.0/12","192.168.0.0/16"]',
    }
    assert names
    assert names <= set(values)
    for name in names:
        monkeypatch.setenv(name, values[name])

    said = config.load(None).model_dump(mode="json")

    for name in names:
        place, _, option = name.removeprefix("MONADI_").lower().partition("__")
        found = said[place][option] if option else said[place]
        assert found == (json.loads(values[name]) if values[name].startswith("[") else values[name])


def test_containers_write_nowhere_but_where_they_keep_and_can_do_nothing_more() -> None:
    ours = COMPOSITION["services"]["monadi"]

    assert ours["read_only"] is True
    assert ours["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in ours["security_opt"]
    assert "ports" not in ours
    assert [name for name, each in COMPOSITION["services"].items() if not each.get("profiles")] == ["monadi"]


def test_the_unit_lets_wrong_settings_rest() -> None:
    """2 is what a fault in the settings ends with (tests/test_cli.py); anything else is tried again."""
    unit = UNIT.read_text()

    assert "Restart=always" in unit
    assert "RestartPreventExitStatus=2" in unit
    assert "ReadWritePaths" not in unit, "the state directory is enough"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd's own judge is not installed")
def test_systemd_finds_little_that_the_service_may_do() -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=15", UNIT],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert said.returncode == 0, said.stdout[-300:]

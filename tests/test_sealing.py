"""Sealed backups: sent to the owners in parts, opened with a key that the bot never had."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot import backups, cli, sealing
from bot.config import BackupSettings, FixedSettings
from bot.errors import StorageError
from bot.sealing import new_key, seal, unseal
from storage import Storage
from tests.newsroom import House, newsroom


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "key.txt"


@pytest.fixture
def settings(tmp_path: Path, key: Path) -> FixedSettings:
    wanted = BackupSettings(folder=tmp_path / "kept", keep=2, recipient=new_key(key))
    return FixedSettings(database=f"sqlite:///{tmp_path}/desk.db", backup=wanted)


@pytest.fixture
async def house(settings: FixedSettings) -> AsyncIterator[House]:
    async with newsroom(settings.database, backup=settings.backup) as house:
        yield house


async def downloaded(house: House, folder: Path) -> list[Path]:
    """What an owner saves from the chat."""
    files = []
    for message in house.owner.reads():
        if "document" in message:
            said = message["document"]
            kept = house.world.files.read(house.world.files.find(said["file_id"])["file_path"])
            assert kept is not None
            files.append(folder / said["file_name"])
            files[-1].write_bytes(kept.content)
    return files


@pytest.mark.parametrize("part", [sealing.PART, 10_000])
async def test_an_owner_gets_it_in_the_chat_and_restores_it_on_another_machine(
    house: House, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(sealing, "PART", part)
    await house.approved()
    await house.newsroom.back_up()
    await house.settles()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    parts = await downloaded(house, elsewhere)
    other = FixedSettings(database=f"sqlite:///{elsewhere}/desk.db")
    await backups.put_back_sealed(other, parts[::-1], key, replace=False)

    assert (len(parts) == 1) is (part == 19 << 20)
    assert "monadi restore" in house.owner.reads()[-1]["caption"]
    storage = await Storage.open(other.database)
    async with storage.begin() as db:
        assert await db.articles.get(1)
    await storage.close()
    assert [file.name for file in elsewhere.glob("*.opened*")] == []


async def test_nothing_of_the_copy_can_be_read_without_the_key(house: House, tmp_path: Path) -> None:
    await house.approved()
    await house.newsroom.back_up()
    await house.settles()

    (sent,) = await downloaded(house, tmp_path)

    assert sent.read_bytes().startswith(b"age-encryption.org/v1")
    assert b"manifest.json" not in sent.read_bytes()


async def test_sealed_parts_go_with_their_backup(house: House, settings: FixedSettings) -> None:
    plan = backups.Plan.of(settings)
    assert plan is not None
    for _ in range(4):
        await house.newsroom.back_up()
        await house.passes(24 * 3600)

    assert len(backups.kept(plan)) == 2
    assert len(list(plan.folder.glob("*.age*"))) == 2


async def test_a_part_that_is_gone_is_said_to_be(house: House, settings: FixedSettings) -> None:
    assert settings.backup.folder is not None
    await house.newsroom.back_up()
    for part in settings.backup.folder.glob("*.age"):
        part.unlink()
    await house.settles()

    assert "برداشته شد" in house.owner.reads()[-1]["caption"]


@pytest.mark.parametrize("harm", ["another key", "no key", "a part missing", "a byte wrong", "cut short"])
async def test_what_does_not_open_is_said_and_leaves_all_as_it_was(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    monkeypatch.setattr(sealing, "PART", 50_000)
    file, into = tmp_path / "desk.monadi", tmp_path / "opened"
    file.write_bytes(bytes(range(256)) * 500)
    parts = list(seal(file, new_key(key)))
    match harm:
        case "another key":
            key = tmp_path / "other.txt"
            new_key(key)
        case "no key":
            key.write_text("hello")
        case "a part missing":
            del parts[1]
        case "a byte wrong":
            content = bytearray(parts[1].read_bytes())
            content[777] ^= 1
            parts[1].write_bytes(content)
        case _:
            parts[-1].write_bytes(parts[-1].read_bytes()[:-5])

    with pytest.raises(StorageError, match="key" if "key" in harm else "missing or damaged"):
        unseal(parts, key, into)


def test_a_key_is_made_once_and_for_its_owner_alone(key: Path) -> None:
    run = CliRunner()
    said = run.invoke(cli.app, ["key", str(key)])

    assert said.stdout.startswith("age1")
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_text()
    again = run.invoke(cli.app, ["key", str(key)])
    assert again.exit_code == 1
    assert "already" in again.output
    assert key.read_text() == before


def test_settings_refuse_what_is_no_public_key() -> None:
    with pytest.raises(ValueError, match="monadi key"):
        BackupSettings(recipient="age1hello")


@trying(deadline=None, max_examples=40)  # files, and on a busy disk
@given(st.binary(max_size=2000), st.integers(min_value=100, max_value=700))
def test_what_was_sealed_is_what_is_opened(content: bytes, part: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "PART", part)
        folder = Path(name)
        file = folder / "desk.monadi"
        file.write_bytes(content)
        unseal(seal(file, new_key(folder / "key")), folder / "key", folder / "opened")

        assert (folder / "opened").read_bytes() == content

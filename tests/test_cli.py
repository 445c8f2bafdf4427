"""The command line, as people and scripts use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.newsroom import COPY

ROOT = Path(__file__).parents[1]
RUNNER = CliRunner()


def run(*words: str, text: str | None = None) -> tuple[int, str, str]:
    done = RUNNER.invoke(app, list(words), input=text)
    return done.exit_code, done.stdout, done.stderr


def test_compose_prints_the_post() -> None:
    code, out, _ = run("compose", text=COPY)

    assert code == 0
    assert out.startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\n\nشهرداری سپیدکوه روز شنبه")


def test_compose_json_has_the_article_and_both_forms() -> None:
    code, out, _ = run("compose", "--json", "-", text=COPY)
    made = json.loads(out)

    assert code == 0
    assert made["article"]["headline"] == "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"
    assert {"heading", "blocks", "paragraphs", "list"} == set(made["article"]["sections"][0])
    assert made["posts"]["classic"][0]["text"].startswith("شهرداری سپیدکوه")
    assert made["posts"]["classic"][0]["entities"][0] == {"type": "bold", "offset": 0, "length": 35}
    assert made["posts"]["rich"]["is_rtl"] is True
    for form in ("classic", "rich"):
        assert list(json.loads(run("compose", "--json", "--form", form, text=COPY)[1])["posts"]) == [form]


MINISTRY = COPY + "\nمریم نمونه‌پور، مدیر شرکت، گفت وزارت نیرو برق اتوبوس برقی را در تهران می‌رساند."


def test_compose_json_tells_what_goes_with_the_story() -> None:
    about = json.loads(run("compose", "--json", text=MINISTRY)[1])["about"]

    assert about["language"] == "fa"
    assert about["reading_minutes"] == 1
    assert about["names"] == {
        "people": ["مریم نمونه\u200cپور"],
        "places": ["سپیدکوه", "تهران"],
        "organisations": ["وزارت نیرو"],
    }
    assert "اتوبوس برقی" in about["keywords"]
    assert {"اتوبوس", "وزارت_نیرو"} <= set(about["hashtags"])
    assert about["slug"] == "شهرداری-سپیدکوه-20-اتوبوس-برقی-خرید"
    assert about["caption"].startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\n\nشهرداری سپیدکوه روز شنبه")


def test_compose_follows_the_house_style_of_a_named_config(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[style]\ndigits = "latin"\nhashtags = "half_space"\n')
    made = json.loads(run("compose", "--json", "--config", str(tmp_path / "config.toml"), text=MINISTRY)[1])

    assert "20" in made["article"]["headline"]
    assert "وزارت\u200cنیرو" in made["about"]["hashtags"]


def test_the_shared_article_comes_out_as_its_structure(shared: Path) -> None:
    truth = json.loads((shared / "articles/amani-medvedev.structure.json").read_text(encoding="utf-8"))
    _, out, _ = run("compose", "--json", str(shared / "articles/amani-medvedev.raw.txt"))
    made = json.loads(out)["article"]

    assert _folded([made[k] for k in ("headline", "lede", "byline", "author_bio")]) == _folded(
        [truth[k] for k in ("headline", "lede", "byline", "author_bio")]
    )
    assert _folded([[s["heading"], s["paragraphs"], s["list"]] for s in made["sections"]]) == _folded(
        [[s["heading"], s["paragraphs"], s.get("list")] for s in truth["sections"]]
    )
    assert _folded([link["title"] for link in made["related"]]) == _folded(truth["related"])
    assert {link["url"] for link in made["related"]} == {None}
    assert _folded(made["key_points"]) == _folded(truth["sections"][1]["list"]["items"])


def _folded(value: object) -> object:
    import unicodedata

    match value:
        case str():
            bare = "".join(c for c in unicodedata.normalize("NFD", value) if not unicodedata.combining(c))
            return "".join(bare.replace("\u200c", "").split()).translate(
                dict.fromkeys(map(ord, '«»“”"'), "'")
            )
        case list():
            return [_folded(one) for one in value]
        case dict():
            return {key: _folded(one) for key, one in value.items()}
        case _:
            return value


@pytest.mark.parametrize("copy", ["", "  \n ", "😀🎉", "\u200c"])
def test_compose_refuses_what_has_no_word_in_it(copy: str) -> None:
    code, out, err = run("compose", text=copy)

    assert (code, out) == (1, "")
    assert "EmptyCopy" in err


def test_copyedit_keeps_the_number_of_lines() -> None:
    text = "علي رفت\n\n  كتاب ها \nthird\n"
    code, out, _ = run("copyedit", text=text)

    assert code == 0
    assert out.count("\n") == text.count("\n")
    assert "علی رفت" in out


def test_a_missing_file_and_a_wrong_config_are_told_in_one_line(tmp_path: Path) -> None:
    code, _, err = run("compose", str(tmp_path / "nothing.txt"))
    assert (code, err.count("\n")) == (1, 1)
    (tmp_path / "config.toml").write_text('langauge = "fa"\n[telegram]\ntoken = "1:SECRET"\n')
    code, _, err = run("run", "--config", str(tmp_path / "config.toml"))
    assert (code, "langauge" in err, "SECRET" in err) == (2, True, False)


def test_check_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'language = "en"\ndatabase = "sqlite:///{tmp_path}/x.db"\n')
    code, out, _ = run("check", "--config", str(tmp_path / "config.toml"))

    assert code == 1
    assert "✗ config: nobody is staff" in out
    assert "⚠ database" in out
    assert "✗ token: missing" in out


@pytest.mark.processes
def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom typer.testing import CliRunner\nfrom bot.cli import app\n"
        "CliRunner().invoke(app, ['--help'])\n"
        "print([m for m in ('hazm', 'telegram', 'sqlalchemy', 'pydantic', 'starlette', 'structlog', 'tdjson') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.processes
def test_the_headless_day_plays_without_configuration(tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "MONADI_LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "demo", "--headless"],
        capture_output=True,
        text=True,
        check=False,
        env=bare,
        cwd=ROOT,
    )

    assert done.returncode == 0, done.stderr
    assert "✓ every post arrived once" in done.stdout


def test_the_script_of_verbs_knows_what_it_is_asked() -> None:
    done = subprocess.run([ROOT / "run", "nonsense"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "./run demo" in done.stderr

"""A wrong setting stops the start with one sentence; every setting is documented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.settings import Settings, SettingsError, load, provinces

ROOT = Path(__file__).parents[1]
TOKEN = "123456:abcdefghijklmnop"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.lower().removesuffix("_file") in Settings.model_fields:
            monkeypatch.delenv(name)


def sentence(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        load(None)
    return str(wrong.value)


def test_nothing_set_starts_the_web_chat_alone() -> None:
    settings = load(None)
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert not settings.telegram_household_token and not settings.zalo_bot_token
    assert settings.province in provinces()


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("HTTP_PORT", "eighty", "a port from 1 to 65535"),
        ("HTTP_PORT", "70000", "a port from 1 to 65535"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("FILES_URL", "ftp://x", "a folder"),
        ("PROVINCE", "atlantis", "content/"),
        ("PUBLIC_URL", "ocop.example.vn", "https://"),
        ("PUBLIC_URL", "https://ocop.example.vn/?a=1", "https://"),
        ("TELEGRAM_HOUSEHOLD_TOKEN", "hunter2", "BotFather"),
        ("SECRET_KEY", "hunter2", "32 characters"),
        ("ZALO_BOT_SECRET", "hunter2", "8 to 256 characters"),
        ("ZALO_OA_SIGNATURE", "maybe", "strict"),
        ("DEFAULT_LANGUAGE", "fr", "vi or en"),
        ("LOG_LEVEL", "loud", "DEBUG"),
        ("DEMO", "perhaps", "true or false"),
    ],
)
def test_a_wrong_value_is_one_sentence_without_the_value(
    name: str, value: str, takes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = sentence({name: value}, monkeypatch)
    assert said.startswith(f"{name} takes ") and takes in said and said.endswith(".")
    assert "\n" not in said
    assert value != "hunter2" or "hunter2" not in said


@pytest.mark.parametrize(
    ("env", "named"),
    [
        (
            {"TELEGRAM_HOUSEHOLD_TOKEN": TOKEN, "TELEGRAM_OFFICER_TOKEN": TOKEN},
            "TELEGRAM_OFFICER_TOKEN",
        ),
        ({"ZALO_OA_APP_ID": "12"}, "ZALO_OA_APP_SECRET"),
        (
            {"ZALO_BOT_TOKEN": "1:x", "PUBLIC_URL": "https://ocop.example.vn"},
            "ZALO_BOT_SECRET",
        ),
    ],
)
def test_settings_that_do_not_fit_together(
    env: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = sentence(env, monkeypatch)
    assert said.startswith(named) and TOKEN not in said


def test_a_misspelt_name_in_the_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("HTTP_PROT=9000\nPOSTGRES_PASSWORD=for-another-program\n")
    with pytest.raises(SettingsError, match="HTTP_PROT, which is no setting: HTTP_PORT is"):
        load(file)


def test_the_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("HTTP_PORT=9000\nPUBLIC_URL=https://ocop.example.vn/\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("HTTP_PORT", "9001")
    settings = load(file)
    assert (settings.http_port, settings.public_url) == (9001, "https://ocop.example.vn")


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_any_setting_may_come_from_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once by the environment, once by .env: a wrong value in the file is told as the setting's."""
    kept = tmp_path / "kept"
    kept.write_text("\x01" * 300 + "\n")
    monkeypatch.setenv(f"{name}_FILE", str(kept))
    told = ""
    try:
        assert getattr(load(None), name.lower())
    except SettingsError as wrong:
        told = str(wrong)
    assert not told or told.startswith((name, "ZALO_OA_")), told
    assert "\x01" not in told
    monkeypatch.delenv(f"{name}_FILE")
    (tmp_path / ".env").write_text(f"{name}_FILE={tmp_path / 'none'}\n")
    with pytest.raises(SettingsError, match=f"{name}_FILE names a file that cannot be read"):
        load(tmp_path / ".env")


def test_a_secret_in_a_file_is_read_without_its_line_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("TELEGRAM_HOUSEHOLD_TOKEN_FILE", str(tmp_path / "token"))
    assert load(None).telegram_household_token.get_secret_value() == TOKEN
    both = sentence({"TELEGRAM_HOUSEHOLD_TOKEN": TOKEN}, monkeypatch)
    assert "both set" in both and TOKEN not in both


def test_secrets_are_not_shown() -> None:
    assert TOKEN not in repr(Settings(_env_file=None, telegram_household_token=TOKEN))


def test_the_example_lists_every_setting_with_its_default() -> None:
    example = ROOT / ".env.example"
    names = re.findall(r"^([A-Z0-9_]+)=", example.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)
    assert load(example) == load(None)


def test_the_command_line_says_one_sentence_and_exits_2() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import bot.__main__ as m, bot.cli, bot.settings as s\n"
         "bot.cli.build = lambda: lambda: s.load(None)\nm.main()"],
        cwd=ROOT, env={**os.environ, "HTTP_PORT": "x"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "HTTP_PORT takes a port from 1 to 65535, or 0 for any free one.\n"


def test_the_clock_stands_still_and_moves_when_told() -> None:
    eve = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)
    with clock.stopped(eve) as stopped:
        assert clock.now() == clock.now() == eve
        assert clock.today().isoformat() == "2027-01-01", "it is already the new year in Vietnam"
        stopped.move(timedelta(days=1))
        assert clock.now() == eve + timedelta(days=1)
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="aware"):
        clock.Clock(datetime(2026, 1, 1))  # noqa: DTZ001

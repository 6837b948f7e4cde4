"""Settings: the environment wins over the file, a wrong value is named, the key is never shown."""

from pathlib import Path

import pytest

from drafter.errors import SettingsError
from drafter.settings import parse_settings, read_settings

HOME = Path("home")


def test_nothing_set_means_no_model():
    assert not parse_settings(HOME, "", {}).has_model


def test_the_environment_wins_over_the_file():
    text = "# 模型\nDRAFTER_MODEL=small\nOPENAI_BASE_URL=http://127.0.0.1:8000/v1\n"
    settings = parse_settings(HOME, text, {"DRAFTER_MODEL": "large", "PATH": "/bin"})
    assert settings.model == "large"
    assert settings.base_url == "http://127.0.0.1:8000/v1"
    assert settings.has_model


def test_the_file_in_the_data_folder_is_read(tmp_path):
    (tmp_path / "settings.env").write_text("\ufeffDRAFTER_PORT=7999\n", encoding="utf-8")
    assert read_settings({"DRAFTER_HOME": str(tmp_path)}).port == 7999


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRAFTER_PORT", "many"),
        ("DRAFTER_PORT", "70000"),
        ("DRAFTER_CONCURRENCY", "0"),
        ("DRAFTER_STALL_TIMEOUT", "-1"),
        ("DRAFTER_SEALED", "perhaps"),
        ("OPENAI_BASE_URL", "ftp://host"),
        ("OPENAI_BASE_URL", "http://user:pass@host/v1"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingsError, match=name):
        parse_settings(HOME, "", {name: value})


def test_a_line_that_is_no_setting_is_named_by_its_number():
    with pytest.raises(SettingsError, match="第2行"):
        parse_settings(HOME, "DRAFTER_MODEL=m\nhello\n", {})


def test_the_key_is_never_shown():
    settings = parse_settings(HOME, "", {"OPENAI_API_KEY": "sk-secret", "DRAFTER_MODEL": "m"})
    assert "sk-secret" not in repr(settings)

"""The local extra: a GGUF of the user's own, or a clear word why not."""

from importlib.util import find_spec

import pytest

from drafter import model_local
from drafter.errors import SettingsError, UnreadableFile


def test_a_file_that_is_no_gguf_is_refused_before_anything_is_loaded(tmp_path):
    path = tmp_path / "模型.gguf"
    path.write_bytes(b"PK\x03\x04 no model")
    with pytest.raises(UnreadableFile, match="GGUF"):
        model_local.start(path)


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path):
    with pytest.raises(UnreadableFile, match="没有"):
        model_local.start(tmp_path / "没有.gguf")


@pytest.mark.skipif(find_spec("xllamacpp") is not None, reason="the local extra is installed")
def test_without_the_extra_the_command_to_install_it_is_told(tmp_path):
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")
    with pytest.raises(SettingsError, match=r"pip install"):
        model_local.start(path)


def test_the_hint_names_what_to_set(tmp_path):
    hint = model_local.hint("http://127.0.0.1:8080", tmp_path / "qwen.gguf")
    assert "OPENAI_BASE_URL=http://127.0.0.1:8080/v1" in hint
    assert "DRAFTER_MODEL=qwen" in hint


@pytest.mark.skipif(find_spec("xllamacpp") is None, reason="the local extra is not installed")
def test_the_runtime_has_what_the_server_is_set_up_with():
    import xllamacpp

    params = xllamacpp.CommonParams()
    for name in ("model", "model_alias", "hostnames", "port", "n_ctx", "n_parallel", "sampling"):
        assert hasattr(params, name)

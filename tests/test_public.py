"""The public interface: these names, loaded late, and no others."""

import subprocess
import sys

import pytest

import detente

PUBLIC = {
    "Choice", "Coder", "Reading", "Record", "__version__", "brief", "open_record",
    "read_code_resolve", "read_paths", "readings", "resolve_report",
}  # fmt: skip


def test_the_public_names_are_pinned_and_documented():
    assert set(detente.__all__) == PUBLIC
    for name in PUBLIC - {"__version__"}:
        assert getattr(detente, name).__doc__, name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = detente.nonsense


def test_importing_loads_no_heavy_room():
    script = (
        "import sys, detente; print(sorted({'spacy', 'polars', 'sqlalchemy'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"

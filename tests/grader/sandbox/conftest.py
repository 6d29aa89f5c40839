"""Each test of this folder that asks for a mode runs in both."""

import pytest

from grader.sandbox import MODES
from tests.sandbox_modes import use_mode


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    use_mode(monkeypatch, request.param)
    return request.param

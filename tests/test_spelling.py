"""What people read is spelled right, and in American English."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

# Read by people: lectures, statements, hints, what students are told, pages, laboratories, documents.
TEXTS = ("courses", "grader", "docs", "mlcore", "config", "README.md", "bench/README.md")
# Names that the list takes for slips.
KNOWN = "ans,doubleclick,dout,furst,hist,nd,positionof,regraded,whis"


@pytest.mark.parametrize("texts", TEXTS)
def test_no_word_is_misspelled_or_british(texts):
    command = [sys.executable, "-m", "codespell_lib", "--builtin", "clear,en-GB_to_en-US", "-L", KNOWN]
    done = subprocess.run(
        [*command, "--skip", "*.svg,*.lock,*.ttf,__pycache__,migrations", texts],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr

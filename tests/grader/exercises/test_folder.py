"""What an exercise's folder may say."""

import shutil

import pytest

from grader.errors import ExerciseError
from grader.exercises.folder import OWN, read


def with_line(tmp_path, slug, line):
    """An exercise of ours with a line added to its exercise.toml."""
    folder = shutil.copytree(OWN / slug, tmp_path / slug)
    facts = folder / "exercise.toml"
    facts.write_text(f"{line}\n{facts.read_text()}")
    return folder


def test_keras_is_asked_for_by_exercises_that_say_so(tmp_path):
    assert read(OWN / "gradient-tape").standby == "tensorflow"
    exercise = read(with_line(tmp_path, "gradient-tape", "keras = true"))
    assert (exercise.flavor, exercise.standby) == ("tensorflow", "keras")


@pytest.mark.parametrize(("slug", "line"), [("backpropagation", "keras = true"), ("gradient-tape", 'keras = "yes"')])
def test_keras_without_tensorflow_or_with_another_word_is_an_error(tmp_path, slug, line):
    with pytest.raises(ExerciseError, match="keras is"):
        read(with_line(tmp_path, slug, line))

"""The exercise on saving and restoring: any way that keeps the values is right, and every mistake is named."""

import pytest

from grader.exercises import load
from grader.grading import grade

EXERCISE = load("save-and-restore")
HEAD = "import json\nimport os\nimport pickle\n\nimport numpy as np\nimport tensorflow as tf\n\n\n"

STYLES = {
    "one pickle": """
def save(variables, folder):
    os.mkdir(folder)
    with open(f"{folder}/all.pickle", "wb") as file:
        pickle.dump({name: np.array(value) for name, value in variables.items()}, file)


def restore(folder, renames):
    with open(f"{folder}/all.pickle", "rb") as file:
        saved = pickle.load(file)
    return {new: tf.constant(saved[old]) for new, old in renames.items()}
""",
    "a file a variable": """
def save(variables, folder):
    for name, value in variables.items():
        os.makedirs(os.path.join(folder, name))
        np.save(os.path.join(folder, name, "value.npy"), np.asarray(value))


def restore(folder, renames):
    return {new: tf.Variable(np.load(os.path.join(folder, old, "value.npy"))) for new, old in renames.items()}
""",
    "a checkpoint of a list": """
def save(variables, folder):
    os.makedirs(folder)
    with open(folder + "/names.json", "w") as file:
        json.dump(list(variables), file)
    tf.train.Checkpoint(values=[tf.Variable(v) for v in variables.values()]).save(folder + "/values")


def restore(folder, renames):
    with open(folder + "/names.json") as file:
        names = json.load(file)
    reader = tf.train.load_checkpoint(tf.train.latest_checkpoint(folder))
    key = "values/{}/.ATTRIBUTES/VARIABLE_VALUE"
    return {new: reader.get_tensor(key.format(names.index(old))) for new, old in renames.items()}
""",
}
FILES = STYLES["a file a variable"]
PLANTED = [
    ("kept-in-memory", "KEPT = {}\n" + FILES.replace("os.path.join(folder, name))", "os.path.join(folder, name))\n        KEPT[name] = value").replace(
        "tf.Variable(np.load(os.path.join(folder, old, \"value.npy\")))", "KEPT[old]")),
    ("renames-ignored", FILES.replace("{new: tf", "{old: tf")),
    ("everything-returned", STYLES["one pickle"].replace("for new, old in renames.items()}", "for new, old in {**{n: n for n in saved if n not in renames.values()}, **renames}.items()}")),
    ("renames-inverted", STYLES["one pickle"].replace("for new, old in renames", "for old, new in renames")),
    ("values-by-order", STYLES["one pickle"].replace("constant(saved[old]) for new, old in renames.items()}", "constant(value) for new, value in zip(renames, saved.values())}")),
    ("everything-float32", STYLES["one pickle"].replace("np.array(value)", "np.array(value).astype('float32')")),
    ("shape-lost", STYLES["one pickle"].replace("np.array(value)", "np.array(value).flatten()")),
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_right_code_gets_full_marks_and_no_finding(style):
    report = grade(EXERCISE, HEAD + STYLES[style], 3)
    assert ([c.message for c in report.checks if c.message], report.findings) == ([], ())
    assert report.score == 10


@pytest.mark.parametrize(("code", "source"), PLANTED)
def test_a_mistake_in_another_style_is_named(code, source):
    assert source not in STYLES.values()
    report = grade(EXERCISE, HEAD + source, 11)
    assert report.score < 10
    assert [f.code for f in report.findings] == [code]


@pytest.mark.parametrize(
    ("restored", "says"),
    [
        ("None", "gave back None, expected a dict"),
        ("{}", "gave back the names of nothing, expected 'w'"),
        ("{'w': 'text'}", "`w` is a str"),
        ("{'w': np.zeros(3, np.float32)}", "`w` has shape (3,), expected (3, 4)"),
        ("{'w': open('elsewhere').read()}", "`restore` raised FileNotFoundError"),
    ],
)
def test_a_bad_reply_is_told_in_a_sentence(restored, says):
    source = f"{FILES.partition('def restore')[0]}def restore(folder, renames):\n    return {restored}\n"
    report = grade(EXERCISE, HEAD + source, 1)
    assert report.score == 0
    assert says in report.checks[0].message


def test_who_writes_nothing_below_the_folder_is_told_so():
    report = grade(EXERCISE, "def save(variables, folder):\n    pass\n\n\ndef restore(folder, renames):\n    pass\n", 1)
    assert "wrote no file below the folder `model`" in report.checks[0].message


def test_the_second_process_has_the_files_of_the_folder_and_nothing_else():
    restore = "def restore(folder, renames):\n"
    source = FILES.replace(restore, f"{restore}    assert os.listdir('.') == [folder]\n")
    source = source.replace("    for name", "    open('aside', 'w').close()\n    for name")
    assert source.count("aside") == source.count("assert") == 1
    assert grade(EXERCISE, HEAD + source, 1).score == 10

"""Escapes by TensorFlow's own operations on files, networks, code and memory; each succeeds in a plain Python.

`attack()` writes below OUTSIDE, a folder that exists on the machine and not for students, or reads the secret in it.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from grader.errors import StudentError
from grader.exercises import load
from grader.grading import grade
from grader.sandbox import Limits, open_student
from grader.sandbox.bubblewrap import sandbox_environment

pytestmark = pytest.mark.usefixtures("tensorflow")

LIMITS = Limits(wall_seconds=20, memory_mib=1024)
HEAD = """
import os, socket, sys
import numpy as np
import tensorflow as tf
def wrote(name):
    return any(name in path for where, folders, files in os.walk(OUTSIDE) for path in folders + files)
"""

# name: the body of a function of one's own
ESCAPES = {
    "tf.io.read_file": "return tf.io.read_file(f'{OUTSIDE}/secret').numpy() == b'of others'",
    "tf.io.read_file in a graph": "return tf.function(lambda: tf.io.read_file(f'{OUTSIDE}/secret'))().numpy() == b'of others'",
    "tf.io.gfile.GFile": "return tf.io.gfile.GFile(f'{OUTSIDE}/secret').read() == 'of others'",
    "tf.io.gfile.listdir": "return 'secret' in tf.io.gfile.listdir(OUTSIDE)",
    "tf.io.gfile.glob": "return len(tf.io.gfile.glob(f'{OUTSIDE}/*')) > 0",
    "tf.io.gfile.copy": "tf.io.gfile.copy(f'{OUTSIDE}/secret', 'mine')\nreturn open('mine').read() == 'of others'",
    "tf.io.gfile.remove": "open(f'{OUTSIDE}/old', 'w').close() if os.access(OUTSIDE, 2) else None\ntf.io.gfile.remove(f'{OUTSIDE}/old')\nreturn True",
    "tf.io.gfile.rename": "open('new', 'w').close()\ntf.io.gfile.rename('new', f'{OUTSIDE}/renamed')\nreturn wrote('renamed')",
    "tf.io.matching_files": "return len(tf.io.matching_files(f'{OUTSIDE}/*').numpy()) > 0",
    "tf.io.write_file": "tf.io.write_file(f'{OUTSIDE}/written', 'x')\nreturn wrote('written')",
    "tf.raw_ops.WholeFileReaderV2": "return tf.raw_ops.ReadFile(filename=f'{OUTSIDE}/secret').numpy() == b'of others'",
    "tf.data.TextLineDataset": "return next(iter(tf.data.TextLineDataset(f'{OUTSIDE}/secret'))).numpy() == b'of others'",
    "tf.data.FixedLengthRecordDataset": "return next(iter(tf.data.FixedLengthRecordDataset(f'{OUTSIDE}/secret', 9))).numpy() == b'of others'",
    "tf.data.Dataset.list_files": "return len(list(tf.data.Dataset.list_files(f'{OUTSIDE}/*'))) > 0",
    "tf.data.Dataset.save": "tf.data.Dataset.range(2).save(f'{OUTSIDE}/dataset')\nreturn wrote('dataset')",
    "a cache of tf.data": "list(tf.data.Dataset.range(2).cache(f'{OUTSIDE}/cache'))\nreturn wrote('cache')",
    "tf.io.TFRecordWriter": "with tf.io.TFRecordWriter(f'{OUTSIDE}/records') as writer:\n    writer.write(b'x')\nreturn wrote('records')",
    "a checkpoint outside": "tf.train.Checkpoint(w=tf.Variable(1.0)).write(f'{OUTSIDE}/checkpoint')\nreturn wrote('checkpoint')",
    "a SavedModel outside": "tf.saved_model.save(tf.Module(), f'{OUTSIDE}/saved')\nreturn wrote('saved')",
    "a summary elsewhere": "writer = tf.summary.create_file_writer(f'{OUTSIDE}/events')\nwith writer.as_default():\n    tf.summary.write('a', 1.0, 0)\nwriter.close()\nreturn wrote('events')",
    "tf.debugging's dump": "tf.debugging.experimental.enable_dump_debug_info(f'{OUTSIDE}/dump', 'FULL_TENSOR', 9)\ntf.add(1, 1)\nreturn wrote('dump')",
    "tf.print to a file": "tf.print('x', output_stream=f'file://{OUTSIDE}/printed')\nreturn wrote('printed')",
    "tf.py_function": "return tf.py_function(lambda: open(f'{OUTSIDE}/secret').read() == 'of others', [], tf.bool).numpy()",
    "tf.numpy_function": "return bool(tf.numpy_function(lambda: open(f'{OUTSIDE}/secret').read() == 'of others', [], tf.bool))",
    "tf.data.Dataset.from_generator": "def lines():\n    yield open(f'{OUTSIDE}/secret').read()\nreturn next(iter(tf.data.Dataset.from_generator(lines, tf.string))).numpy() == b'of others'",
    "a server of tf.distribute": "return bool(tf.distribute.Server({'local': ['localhost:0']}, start=True).target)",
    "a service of tf.data": "return bool(tf.data.experimental.service.DispatchServer().target)",
    "a server of the profiler": "tf.profiler.experimental.server.start(0 or free_port())\ntry:\n    socket.create_server(('', PORT[0])).close()\nexcept OSError:\n    return len(PORT) == 1\nreturn False",
    "code in a Keras layer": "made = tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Lambda(lambda x: x * (open(OUTSIDE + '/secret').read() == 'of others'))])\nreturn float(made(tf.ones((1, 1)))[0, 0]) == 1.0",
    "code in a saved Keras model": """
code = eval(f"lambda x: x * (open({OUTSIDE + '/secret'!r}).read() == 'of others')")
made = tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Lambda(code, output_shape=(1,))])
made.save('model.keras')
back = tf.keras.models.load_model('model.keras', safe_mode=False)
return float(back(tf.ones((1, 1)))[0, 0]) == 1.0""",
    "a Keras model outside": "tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Dense(1)]).save(f'{OUTSIDE}/model.keras')\nreturn wrote('model.keras')",
    "a download": "return tf.keras.utils.get_file('got', f'file://{OUTSIDE}/secret') and open(tf.keras.utils.get_file('got', f'file://{OUTSIDE}/secret')).read() == 'of others'",
    "a library of operations": "tf.load_op_library(f'{OUTSIDE}/library.so')\nreturn True",
}  # fmt: skip
PORTS = """
PORT = []
def free_port():
    with socket.socket() as free:
        free.bind(("", 0))
        PORT[:] = [free.getsockname()[1]]
    return PORT[0]
"""


def functions(outside) -> str:
    text = f"OUTSIDE = {str(outside)!r}\n" + HEAD + PORTS
    for number, body in enumerate(ESCAPES.values()):
        lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
        text += f"def escape_{number}():\n{lines}"
    return text


@pytest.fixture(scope="module")
def outside():
    """A folder that all may use, and that is not below the one which students have for their own."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="gradus-"))
    folder.chmod(0o777)
    (folder / "secret").write_text("of others")
    library = next((sandbox_environment() / "lib").glob("python*/site-packages/numpy/linalg/_umath_linalg*.so"))
    shutil.copy(library, folder / "library.so")
    yield folder
    shutil.rmtree(folder)


def test_the_sandbox_lets_none_of_them_out(outside):
    """One process each, since some of them end it; the folder outside is then as it was."""
    before = sorted(path.name for path in outside.iterdir())
    succeeded = []
    for number, name in enumerate(ESCAPES):
        try:
            with open_student(functions(outside), flavor="tensorflow", seed=1, limits=LIMITS) as student:
                if student.call(f"escape_{number}"):
                    succeeded.append(name)
        except StudentError:
            continue
    assert succeeded == []
    assert sorted(path.name for path in outside.iterdir()) == before


def test_a_plain_python_lets_all_of_them_out(outside, tmp_path):
    file = tmp_path / "escapes.py"
    ask = f"""
import json, traceback
told = {{}}
for number in range({len(ESCAPES)}):
    try:
        told[number] = bool(globals()[f"escape_{{number}}"]())
    except Exception as error:
        told[number] = repr(error)
print(json.dumps(told), flush=True)
os._exit(0)
"""
    file.write_text(functions(outside) + ask)
    python = sandbox_environment() / "bin" / "python"
    done = subprocess.run([str(python), str(file)], cwd=tmp_path, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout.splitlines()[-1])
    assert {name: told[str(number)] for number, name in enumerate(ESCAPES) if told[str(number)] is not True} == {}


def test_afterwards_a_tape_is_graded_as_before():
    exercise = load("gradient-tape")
    report = grade(exercise, exercise.solution, 1)
    assert (report.score, report.findings) == (exercise.points, ())


# The folder that `save` is given is the student's; what it lists beside it, and what it says of it, is no one's trust.
LISTS = {
    "a path outside": '["model/../../venv/x"]',
    "an absolute path": '["/venv/x"]',
    "a path that no file has": '["model/a", "model/a/b"]',
    "ten thousand": '[f"model/{i}" for i in range(10000)]',
}


@pytest.mark.parametrize("name", LISTS)
def test_a_forged_list_of_files_is_the_students_fault(name):
    exercise = load("save-and-restore")
    forge = f"\nimport sys\nsys.modules['child'].Answering.on_files = lambda self, request: {LISTS[name]}\nsys.modules['child'].Answering.on_read = lambda self, request: b'x'\n"
    report = grade(exercise, exercise.solution + forge, 1)
    assert (report.outcome, report.score) == ("protocol_error", 0)

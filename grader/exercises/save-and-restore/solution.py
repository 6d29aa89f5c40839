import tensorflow as tf


def save(variables, folder):
    checkpoint = tf.train.Checkpoint(**{name: tf.Variable(value) for name, value in variables.items()})
    checkpoint.write(f"{folder}/variables")


def restore(folder, renames):
    reader = tf.train.load_checkpoint(f"{folder}/variables")
    return {new: reader.get_tensor(f"{old}/.ATTRIBUTES/VARIABLE_VALUE") for new, old in renames.items()}

"""What the TensorFlow lectures do, in the form of TensorFlow 1 (graph and session) and in today's, side by side.

Each pair of functions takes and gives the same arrays; tests hold both to each other and to mlcore's own numpy.
TensorFlow 1's form runs in today's TensorFlow by tf.compat.v1, each in a graph of its own. Importing these modules
imports TensorFlow.
"""

"""The same work for graders that are not ours: our exercises' checks, which need numpy and TensorFlow alone."""

"""The figures of the two chapters, reproduced: python -m mlcore.reproduce [FIGURE…] [--quick] [--seeds N] [--folder F].

Each figure is a function of a Run; it yields rows, a number beside the text's and the band that it has to be in, and
draws into the run's folder.
"""

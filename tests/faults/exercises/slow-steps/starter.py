def scaled(x, factor):
    pass

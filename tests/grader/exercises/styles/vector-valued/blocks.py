import numpy as np


def glue(first, second):
    (wa, ba), (wb, bb) = first, second
    ws, bs = [], []
    for layer in range(len(wa)):
        a, b = np.asarray(wa[layer]), np.asarray(wb[layer])
        if layer == 0:
            ws.append(np.r_[a, b])
        else:
            top_right, bottom_left = np.zeros((len(a), b.shape[1])), np.zeros((len(b), a.shape[1]))
            ws.append(np.block([[a, top_right], [bottom_left, b]]))
        bs.append(np.r_[ba[layer], bb[layer]])
    return [ws, bs]

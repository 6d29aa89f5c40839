"""PyTorch's side of bench.mlcore, in an environment of its own: reads a request a line, answers with CPU seconds.

python bench/torch_rivals.py DATA.npz, with x (m, 784) and y (m,). A request is {"what", "batch", "dtype"}; the answer
has "seconds" of one epoch, and "accuracy" on the data after it. Imports nothing of ours.
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
SIZES, RATE, DECAY = [784, 30, 10], 0.1, 5.0


class ByHand:
    """The formulas of back-propagation in tensors, without autograd."""

    def __init__(self, x, y, batch):
        self.x, self.y, self.batch = x, nn.functional.one_hot(y, 10).to(x.dtype), batch
        self.w1, self.w2 = (torch.randn(n, k, dtype=x.dtype) / n**0.5 for n, k in ((784, 30), (30, 10)))
        self.b1, self.b2 = (torch.randn(n, dtype=x.dtype) for n in SIZES[1:])

    def forward(self, x):
        h = torch.sigmoid(torch.addmm(self.b1, x, self.w1))
        return h, torch.addmm(self.b2, h, self.w2)

    def epoch(self):
        n = len(self.x)
        with torch.no_grad():
            for rows in torch.randperm(n).split(self.batch):
                x = self.x[rows]
                h, z = self.forward(x)
                delta = torch.sigmoid(z) - self.y[rows]
                dh = delta @ self.w2.T * h * (1 - h)
                for w, b, a, d in ((self.w2, self.b2, h, delta), (self.w1, self.b1, x, dh)):
                    w.mul_(1 - RATE * DECAY / n).addmm_(a.T, d, alpha=-RATE / len(rows))
                    b.sub_(d.sum(0), alpha=RATE / len(rows))

    def logits(self, x):
        return self.forward(x)[1]


class Autograd:
    """nn.Module, a loss and an optimizer, as its guide shows."""

    def __init__(self, x, y, batch):
        self.x, self.y, self.batch = x, y, batch
        self.model = self.build().to(x.dtype)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=self.rate, weight_decay=self.decay / len(x))
        self.wanted, self.loss = self.cost()

    rate, decay = RATE, DECAY

    def build(self):
        return nn.Sequential(nn.Linear(784, 30), nn.Sigmoid(), nn.Linear(30, 10))

    def cost(self):
        wanted = nn.functional.one_hot(self.y, 10).to(self.x.dtype)
        sum_of_losses = nn.BCEWithLogitsLoss(reduction="sum")
        return wanted, lambda z, y: sum_of_losses(z, y) / len(z)

    def epoch(self):
        for rows in torch.randperm(len(self.x)).split(self.batch):
            self.optimizer.zero_grad()
            self.loss(self.model(self.x[rows]), self.wanted[rows]).backward()
            self.optimizer.step()

    def logits(self, x):
        with torch.no_grad():
            return self.model(x)


class CNN(Autograd):
    """Twenty filters of 5×5, pooling, 100 neurons, a softmax."""

    rate, decay = 0.05, 0.0

    def __init__(self, x, y, batch):
        super().__init__(x.reshape(-1, 1, 28, 28), y, batch)

    def build(self):
        return nn.Sequential(
            nn.Conv2d(1, 20, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(2880, 100),
            nn.ReLU(),
            nn.Linear(100, 10),
        )

    def cost(self):
        return self.y, nn.CrossEntropyLoss()


KINDS = {"torch, by hand": ByHand, "torch, autograd and SGD": Autograd, "cnn": CNN}


def main():
    with np.load(sys.argv[1]) as data:
        x, y = torch.from_numpy(data["x"]), torch.from_numpy(data["y"])
    made = {}
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        key = asked["what"], asked["batch"], asked["dtype"], asked["m"]
        if key not in made:
            made.clear()
            m = asked["m"]
            made[key] = KINDS[asked["what"]](x[:m].to(getattr(torch, asked["dtype"])), y[:m], asked["batch"])
        rival = made[key]
        begun = time.process_time()
        rival.epoch()
        seconds = time.process_time() - begun
        right = (rival.logits(rival.x[:2000]).argmax(1) == y[:2000]).double().mean()
        print(json.dumps({"seconds": seconds, "accuracy": right.item()}), flush=True)


main()

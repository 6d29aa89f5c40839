"""Support vector machines against scikit-learn's, and the conditions of optimality."""

import numpy as np
import pytest
from sklearn.svm import SVC

from mlcore import datasets, kernels, svm

KERNELS = {
    "linear": (kernels.linear, {"kernel": "linear"}),
    "polynomial": (kernels.polynomial(3, 0.5, 1.0), {"kernel": "poly", "degree": 3, "gamma": 0.5, "coef0": 1.0}),
    "rbf": (kernels.rbf(0.5), {"kernel": "rbf", "gamma": 0.5}),
    "sigmoid": (kernels.sigmoid(0.05, -0.5), {"kernel": "sigmoid", "gamma": 0.05, "coef0": -0.5}),
}


def overlapping(rng, m=200):
    """Two clouds in the plane that overlap."""
    y = rng.choice([-1, 1], m)
    return rng.normal(size=(m, 2)) + 0.8 * y[:, None], y


def objective_of(machine, gram, y):
    beta = np.zeros(len(y))
    beta[machine.support_] = machine.dual_coef_[0]
    return beta @ y - beta @ gram @ beta / 2


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize(("tolerance", "agreement"), [(1e-3, 1e-6), (1e-6, 1e-10)])
def test_the_objective_is_scikit_learns(name, tolerance, agreement, rng):
    kernel, theirs = KERNELS[name]
    x, y = overlapping(rng)
    ours = svm.train(x, y, kernel, cost=2.0, tolerance=tolerance)
    reference = SVC(C=2.0, tol=1e-8, **theirs).fit(x, y)
    gram = kernel(x, x)
    due = objective_of(reference, gram, y)
    assert abs(ours.objective - due) <= agreement * abs(due)
    fresh, _ = overlapping(rng, 1000)
    assert (ours.predict(fresh) != reference.predict(fresh)).mean() <= 0.001
    assert ours.gap < tolerance


@pytest.mark.parametrize("name", KERNELS)
def test_the_conditions_of_optimality_hold(name, rng):
    kernel, _ = KERNELS[name]
    x, y = overlapping(rng)
    cost, tolerance = 2.0, 1e-5
    machine = svm.train(x, y, kernel, cost, tolerance)
    beta = np.zeros(len(y))
    beta[machine.support] = machine.coefficients
    alpha, margin = y * beta, y * machine.decision(x)
    assert abs(beta.sum()) <= 1e-9
    assert (alpha >= 0).all()
    assert (alpha <= cost).all()
    assert (margin[alpha == 0] >= 1 - tolerance).all()
    assert (margin[alpha == cost] <= 1 + tolerance).all()
    np.testing.assert_allclose(margin[(alpha > 0) & (alpha < cost)], 1, atol=tolerance)


def test_two_points_worked_out_by_hand():
    machine = svm.train(np.array([[0.0], [2.0]]), np.array([-1, 1]), kernels.linear, cost=10)
    # The margin is widest midway: decision x − 1, with β = ∓½ of x = 0 and x = 2.
    np.testing.assert_allclose(machine.coefficients, [-0.5, 0.5], atol=1e-12)
    np.testing.assert_allclose(machine.decision(np.array([[0.0], [1.0], [5.0]])), [-1, 0, 4], atol=1e-12)
    assert machine.objective == pytest.approx(0.5)


def test_every_class_against_every_other_on_digits():
    digits = datasets.digits()
    x, y = digits.x[:1000], digits.y[:1000]
    ours = svm.train_classes(x, y, kernels.rbf(0.5), cost=10.0, tolerance=1e-4)
    theirs = SVC(C=10.0, gamma=0.5, tol=1e-4).fit(x, y)
    found = ours.predict(digits.x[1000:])
    assert (found != theirs.predict(digits.x[1000:])).mean() <= 0.002
    assert (found == digits.y[1000:]).mean() >= 0.96
    assert len(ours.machines) == 45


def test_columns_that_do_not_fit_are_computed_when_needed(monkeypatch, rng):
    x, y = overlapping(rng)
    whole = svm.train(x, y, kernels.rbf(0.5), tolerance=1e-6)
    monkeypatch.setattr(svm, "CACHE_MIB", 0)
    piecewise = svm.train(x, y, kernels.rbf(0.5), tolerance=1e-6)
    assert piecewise.objective == pytest.approx(whole.objective, rel=1e-10)
    np.testing.assert_array_equal(piecewise.support, whole.support)


def test_a_gram_matrix_is_symmetric_and_of_inner_products(rng):
    x = rng.normal(size=(30, 3))
    for name in ("linear", "polynomial", "rbf"):
        gram = KERNELS[name][0](x, x)
        np.testing.assert_allclose(gram, gram.T, rtol=1e-12)
        assert np.linalg.eigvalsh(gram).min() >= -1e-9 * np.linalg.norm(gram)
    np.testing.assert_allclose(kernels.polynomial(2, 1, 0)(x, x), np.einsum("ik,jk->ij", x, x) ** 2)


def test_strings_by_a_kernel_for_them_and_by_one_of_a_users_own():
    words = ["banana", "bandana", "cabana", "nanny", "print", "sprint", "printer", "inter"]
    y = np.array([-1] * 4 + [1] * 4)
    assert kernels.spectrum(2)(["banana"], ["nan"]).tolist() == [[4]]  # an, na; an occurs twice, na twice
    for kernel in (
        kernels.normalized(kernels.spectrum(2)),
        kernels.of_pairs(lambda a, b: len(set(a) & set(b)) / len(set(a) | set(b))),
    ):
        machine = svm.train(words, y, kernel, cost=10)
        np.testing.assert_array_equal(machine.predict(words), y)
        np.testing.assert_array_equal(machine.predict(["ananas", "splint"]), [-1, 1])
        np.testing.assert_allclose(np.diag(kernel(words, words)), 1)


def test_a_tolerance_below_rounding_is_an_error(monkeypatch, rng):
    monkeypatch.setattr(svm, "MOST_STEPS", 3000)
    with pytest.raises(ValueError, match=r"tolerance: 1e-300 came, but \S+e-1\d is left after 3000 steps"):
        svm.train(*overlapping(rng), kernels.rbf(0.5), tolerance=1e-300)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: svm.train(np.ones((2, 1)), np.array([1, 1]), kernels.linear), "y: one class came"),
        (
            lambda: svm.train(np.ones((2, 1)), np.array([0, 1]), kernels.linear),
            r"y: values \[0 1\] came, \(2,\) of −1 and \+1 expected",
        ),
        (lambda: svm.train(np.ones((2, 1)), np.array([-1, 1]), kernels.linear, cost=0), "cost: 0 came"),
        (lambda: svm.train(np.ones((2, 1), int), np.array([-1, 1]), kernels.linear), "x: dtype int64 came"),
        (lambda: svm.train_classes(np.ones((2, 1)), np.zeros(2, int), kernels.linear), r"y: the classes \[0\] came"),
        (lambda: kernels.rbf(-1.0), "gamma: -1.0 came, a number above 0 expected"),
        (lambda: kernels.linear(np.ones((2, 3)), np.ones((2, 4))), r"z: shape \(2, 4\) came, \(p, 3\)"),
    ],
)
def test_what_no_machine_can_be_made_of_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()

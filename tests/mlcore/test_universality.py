"""The constructions of the universality chapter: where steps are, how good tables are, what towers let through."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcore import activations
from mlcore import universality as u
from mlcore.networks import Network

F = u.before_sigmoid(u.goal)


def deviation(network, f=F, points=1001):
    return u.average_deviation(lambda x: u.weighted_sum(network, x), f, points)


def test_the_goal_stays_where_a_sigmoid_can_reach():
    values = u.goal(np.linspace(0, 1, 10001))
    assert values.min() > 0
    assert values.max() < 1
    assert u.goal(np.array(0.0)) == pytest.approx(0.25)


def test_a_neuron_steps_where_it_is_told_to():
    weight, bias = u.step_neuron(0.4)
    assert (weight, bias) == (1000, -400)
    assert u.step_position(weight, bias) == 0.4
    assert activations.sigmoid(weight * np.array([0.39, 0.4, 0.41]) + bias).round(4).tolist() == [0, 0.5, 1]
    with pytest.raises(ValueError, match="weight: 0 came, another number expected"):
        u.step_position(0, 1)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "step"])
def test_a_table_holds_its_pairs(activation):
    heights = np.array([0.3, -2.0, 1.5, 0.0])
    found = u.weighted_sum(u.lookup_table(heights, activation=activation), (np.arange(4) + 0.5) / 4)
    np.testing.assert_allclose(found, heights, atol=1e-12)


@pytest.mark.parametrize(("n", "due"), [(5, 0.358), (10, 0.279), (20, 0.125), (50, 0.042), (100, 0.015), (200, 0.0045)])
def test_a_finer_table_is_closer(n, due):
    assert deviation(u.lookup_table(u.median_heights(F, n))) == pytest.approx(due, abs=0.001)


@pytest.mark.parametrize(("n", "due"), [(50, 0.053), (100, 0.027), (200, 0.0135)])
def test_exact_steps_leave_what_the_bumps_width_leaves(n, due):
    table = u.lookup_table(u.median_heights(F, n), activation="step")
    assert deviation(table, points=10001) == pytest.approx(due, abs=0.002)


def test_five_bumps_pass_at_medians_and_fail_at_midpoints():
    assert deviation(u.lookup_table(u.median_heights(F, 5))) <= 0.40
    assert deviation(u.lookup_table(u.midpoint_heights(F, 5))) == pytest.approx(0.496, abs=0.001)


def test_the_output_is_the_goal_where_the_sum_is_its_inverse():
    x = np.linspace(0.03, 0.97, 500)
    output = u.lookup_table(u.median_heights(F, 200)).forward(x[:, None])[1][-1][:, 0]
    assert np.abs(output - u.goal(x)).mean() <= 0.002


def test_overlapping_tables_share_out_the_error_in_windows_of_failure():
    x = np.linspace(0.05, 0.95, 20001)
    windows = np.abs(x[:, None] - np.arange(21) / 20).min(axis=1) < 3 / u.STEEP
    errors = [
        np.abs(u.weighted_sum(u.overlapping_tables(F, 20, tables), x) - F(x))[windows].mean() for tables in (1, 2, 4, 8)
    ]
    assert errors[0] / errors[1] == pytest.approx(2, abs=0.2)
    assert errors[3] <= errors[2] <= errors[1]
    # What is left is the bumps' own width.
    assert errors[3] == pytest.approx(0.054, abs=0.003)


@pytest.mark.parametrize(("tables", "due"), [(1, 0.105), (2, 0.053), (4, 0.048), (8, 0.048)])
def test_wide_windows_of_failure_shrink_until_the_bumps_own_error_is_left(tables, due):
    x = np.linspace(0.05, 0.95, 2001)
    network = u.overlapping_tables(F, 20, tables, 300.0, height=lambda values: values[len(values) // 2])
    assert np.abs(u.weighted_sum(network, x) - F(x)).mean() == pytest.approx(due, abs=0.002)


def test_a_tower_stands_and_its_plateau_does_not():
    network = u.tower(np.array([0.4, 0.3]), np.array([0.7, 0.6]), height=10)
    assert network.biases[1].tolist() == [-15]
    inside, beside, outside = network.forward(np.array([[0.5, 0.5], [0.5, 0.9], [0.1, 0.9]]))[1][-1][:, 0]
    assert inside == pytest.approx(0.9933, abs=1e-4)
    assert beside == pytest.approx(0.0067, abs=1e-4)
    assert outside <= 1e-6


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_a_tower_of_any_dimension_asks_for_every_input(m, seed):
    rng = np.random.default_rng(seed)
    starts = rng.uniform(0.1, 0.4, m)
    ends = starts + rng.uniform(0.2, 0.4, m)
    network = u.tower(starts, ends, height=20)
    middle = (starts + ends) / 2
    points = np.vstack([middle, *[np.where(np.arange(m) == i, 0.95, middle) for i in range(m)]])
    found = network.forward(points)[1][-1][:, 0]
    assert network.biases[1].tolist() == [(-m + 0.5) * 20]
    assert found[0] >= 0.99
    assert (found[1:] <= 0.01).all()


def test_towers_make_a_function_of_two_inputs():
    def f(p):
        return p[:, 0] * np.sin(3 * p[:, 1])

    points = np.random.default_rng(0).random((4000, 2))
    errors = [np.abs(u.weighted_sum(u.table_of_towers(f, 2, n), points) - f(points)).mean() for n in (5, 10, 20)]
    assert errors[0] > 1.6 * errors[1] > 1.6 * 1.6 * errors[2]
    assert errors[2] <= 0.03


def test_scalar_networks_side_by_side_make_a_vector():
    x = np.linspace(0.01, 0.99, 99)
    tables = [u.lookup_table(np.array(heights)) for heights in ([1.0, 2.0], [3.0, -1.0, 0.5], [0.25])]
    joined = u.weighted_sum(u.side_by_side(tables), x)
    np.testing.assert_allclose(joined, np.stack([u.weighted_sum(t, x) for t in tables], axis=1), atol=1e-12)
    with pytest.raises(ValueError, match="networks: depths .* came"):
        u.side_by_side([])


@pytest.mark.parametrize("directions", [8, 32])
def test_a_circular_tower_needs_one_hidden_layer(directions):
    network = u.circular_tower((0.5, 0.4), 0.2, directions)
    assert [w.shape for w in network.weights] == [(directions, 2), (1, directions)]
    angles = np.linspace(0, 2 * np.pi, 60)
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    center = np.array([0.5, 0.4])
    inside = network.forward(center + 0.19 * around)[1][-1]
    # A polygon reaches as far as its corners, r/cos(π/directions).
    outside = network.forward(center + 0.21 / np.cos(np.pi / directions) * around)[1][-1]
    assert inside.min() >= 0.99
    assert outside.max() <= 0.01


def test_one_hidden_layer_is_enough_for_two_inputs():
    def f(p):
        return 0.5 + 0.4 * np.sin(3 * p[:, 0]) * np.cos(4 * p[:, 1])

    points = np.random.default_rng(0).random((2000, 2))
    errors = []
    for n in (3, 6, 8):
        network = u.one_hidden_layer(f, n)
        assert [w.shape[0] for w in network.weights] == [n * n * 16, 1]
        errors.append(np.abs(u.weighted_sum(network, points) - f(points)).mean())
    assert errors[0] > 2 * errors[1] > 2 * errors[2]
    assert errors[2] <= 0.01


def test_which_activations_make_steps():
    assert u.step_limits(activations.sigmoid) == (0, 1)
    assert u.step_limits(activations.tanh) == (-1, 1)
    assert u.step_limits(activations.step) == (0, 1)
    assert u.step_limits(np.arctan) == pytest.approx((-np.pi / 2, np.pi / 2), abs=1e-3)
    for s in (activations.relu, activations.identity, np.sin, np.exp, lambda z: np.exp(-z * z)):
        with np.errstate(over="ignore"):
            assert u.step_limits(s) is None
    with pytest.raises(ValueError, match="activation: relu came, one with two different limits at ±∞ expected"):
        u.lookup_table(np.ones(2), activation="relu")


def test_relus_bend_lines_into_any_function():
    x = np.linspace(0, 1, 5001)
    errors = []
    for n in (10, 40, 160):
        network = u.relu_interpolation(u.goal, n)
        np.testing.assert_allclose(
            u.weighted_sum(network, np.arange(n + 1) / n), u.goal(np.arange(n + 1) / n), atol=1e-12
        )
        errors.append(np.abs(u.weighted_sum(network, x) - u.goal(x)).max())
    # Between points the error goes down with the square of their distance.
    assert errors[1] > 10 * errors[2]
    assert errors[0] > errors[1]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 1000))
def test_linear_neurons_compute_straight_lines_only(hidden, seed):
    rng = np.random.default_rng(seed)
    network = Network.random([1, *hidden, 1], rng, hidden="identity", output="identity")
    a, b, middle = (u.weighted_sum(network, np.array([x])) for x in (0.0, 1.0, 0.5))
    np.testing.assert_allclose(middle, (a + b) / 2, atol=1e-9)

"""The laboratories: pages to play on, each an ES module of its slug below static/courses/laboratories."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from courses.catalog.models import Lecture
from courses.enrollment.access import Person, lectures_for


@dataclass(frozen=True)
class Laboratory:
    """One of them; `invitation` says what to do in it."""

    slug: str
    title: str
    invitation: str

    def get_absolute_url(self) -> str:
        return reverse("laboratory", args=[self.slug])


LABORATORIES = {
    laboratory.slug: laboratory
    for laboratory in (
        Laboratory(
            "slopes",
            "The slope of a curve",
            "Move a point along a curve, draw the second point close to it, and watch a quotient become a slope.",
        ),
        Laboratory(
            "one-neuron",
            "One neuron",
            "Change a neuron's weight and bias, and watch its curve widen, shift, and at last become a step.",
        ),
        Laboratory(
            "step-position",
            "Where a neuron steps",
            "Say where the step shall be, and see which bias that takes.",
        ),
        Laboratory(
            "bump",
            "Two steps make a bump",
            "Move the steps and the output weights of two hidden neurons, and see what they add up to.",
        ),
        Laboratory(
            "five-bumps",
            "Design a function",
            "Drag the heights of bumps, or type them, until the network computes a given function.",
        ),
        Laboratory(
            "two-inputs",
            "Two inputs",
            "Steps, bumps and towers over a plane: change weights, heights, and the threshold that leaves a tower.",
        ),
        Laboratory(
            "many-towers",
            "Many towers",
            "Build a surface of towers, and see how near it comes to a function of two inputs.",
        ),
        Laboratory(
            "other-activations",
            "Other activations",
            "Try which activation functions become steps when their weight grows, and which never do.",
        ),
        Laboratory(
            "windows-of-failure",
            "Windows of failure",
            "See where a table of bumps fails, and how overlapping tables help.",
        ),
        Laboratory(
            "perceptron",
            "A perceptron's border",
            "Place points of two classes, and let a perceptron look for the line between them. Then try XOR.",
        ),
        Laboratory(
            "layer-gradients",
            "Gradients, layer by layer",
            "Choose depth, initialization and activation, and see how large the gradients of each layer are.",
        ),
        Laboratory(
            "neuron-chain",
            "A chain of neurons",
            "One neuron a layer: see the product that makes the first gradient vanish or explode.",
        ),
        Laboratory(
            "training",
            "Training, live",
            "Train a small network while you watch, and change its hyper-parameters.",
        ),
    )
}


def laboratories_for(person: Person) -> list[Laboratory]:
    """Those in a lecture that the person may read."""
    named = Q()
    for slug in LABORATORIES:
        named |= Q(body__contains=_directive(slug))
    bodies = list(lectures_for(person).filter(named).values_list("body", flat=True))
    return [lab for slug, lab in LABORATORIES.items() if any(_directive(slug) in body for body in bodies)]


def lecture_of(laboratory: Laboratory, person: Person) -> Lecture | None:
    """The first lecture with the laboratory that the person may read."""
    return lectures_for(person).filter(body__contains=_directive(laboratory.slug)).order_by("pk").first()


def _directive(slug: str) -> str:
    """How a lecture's text names the laboratory, to the end of its line."""
    return f"::: laboratory {slug}\n"

"""Exercises: folders that hold a statement, a starter, a solution, checks and the known mistakes."""

from grader.exercises.folder import Exercise, Misconception, load, load_all

__all__ = ["Exercise", "Misconception", "load", "load_all"]

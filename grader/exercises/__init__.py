"""Exercises: folders that hold a statement, a starter, a solution, checks and the known mistakes."""

from grader.exercises.folder import FLAVORS, Exercise, Misconception, folders, known_mistakes, load, load_all

__all__ = ["FLAVORS", "Exercise", "Misconception", "folders", "known_mistakes", "load", "load_all"]

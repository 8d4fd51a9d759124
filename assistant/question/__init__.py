"""What a reader asks: a question in plain words, read into what retrieval and composing work with."""

from assistant.question.shape import Constraints, Correction, Expansion, Question, Reply
from assistant.question.understanding import understand

__all__ = ["Constraints", "Correction", "Expansion", "Question", "Reply", "understand"]

"""The seam to a model: ``connect(settings)`` gives an Endpoint, whose ``ask`` goes to ``write``."""

from drafter.model.answer import Answer
from drafter.model.endpoint import Endpoint, connect

__all__ = ["Answer", "Endpoint", "connect"]

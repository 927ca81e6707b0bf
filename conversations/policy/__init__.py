"""Policy questions: found in the content files, computed from their rules, cited and dated."""

from conversations.policy.answer import Answerer
from conversations.policy.model import Answer, Related, Source

__all__ = ["Answer", "Answerer", "Related", "Source"]

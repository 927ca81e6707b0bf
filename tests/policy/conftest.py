from __future__ import annotations

import pytest

from conversations.policy import Answerer


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    """One answerer for all: it is made once and remembers nothing."""
    return Answerer()

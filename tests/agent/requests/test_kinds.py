"""Which engine a message asks for: the weights are those that the examples teach, and names decide nothing."""

from __future__ import annotations

import numpy as np
import pytest

from agent.requests.kinds import KINDS, kind_of, trained_kinds
from agent.requests.masking import masked
from evals.requests.__main__ import examples, learned
from evals.requests.training import fit, softmax
from integrations.embeddings.sentences import SentenceEncoder


@pytest.mark.slow
def test_training_gives_the_versioned_weights() -> None:
    again, kept = learned(examples()), trained_kinds()
    assert (again.examples, again.sure) == (kept.examples, kept.sure)
    assert np.abs(np.array(again.weights) - np.array(kept.weights)).max() <= 0.01  # the last digit depends on the order in which a machine adds


def test_regression_tells_apart_what_can_be_told_apart() -> None:
    inputs = np.vstack([np.eye(3)] * 20)
    labels = np.array([0, 1, 2] * 20)
    assert (softmax(inputs @ fit(inputs, labels, 3, 1e-4).T).argmax(axis=1) == labels).all()


def test_names_are_put_away() -> None:
    assert masked("where does Acme Ltd stand?", [(11, 19, "account")], "en") == "where does the customer stand?"


@pytest.mark.parametrize(("message", "kind"), [("这个客户下一步该怎么谈？", "talk_track"), ("how many deals did the customer win this quarter?", "records")])
def test_plain_messages_have_their_kind(message: str, kind: str) -> None:
    found, chance = kind_of(message, SentenceEncoder())
    assert found == kind
    assert (chance >= 0.5) == (kind != "records")
    assert found in KINDS

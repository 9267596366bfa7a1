"""Sentence vectors: unit length, one space for both languages, the same from every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from integrations.embeddings import SentenceEncoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_unit_length_and_keep_the_order(encoder: SentenceEncoder) -> None:
    texts = ["The price is too high", "价格太高", "The price is too high", ""]
    vectors = encoder.embed(texts)
    assert vectors.shape == (4, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert np.array_equal(vectors[0], vectors[2])


def test_no_texts_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.embed([]).shape == (0, 512)


def test_translation_is_nearer_than_another_subject(encoder: SentenceEncoder) -> None:
    price, translated, lunch = encoder.embed(["The price is too high", "价格太高了", "We had lunch near the station"])
    assert float(price @ translated) > float(price @ lunch) + 0.3


def test_text_gets_the_same_vector_alone_in_a_batch_and_from_memory(encoder: SentenceEncoder) -> None:
    many = [f"Note number {number} about the delivery" for number in range(300)]
    batch = encoder.embed(many)
    alone = SentenceEncoder().embed([many[7]])[0]
    assert np.allclose(batch[7], alone, atol=1e-4)
    assert np.array_equal(encoder.embed([many[7]])[0], encoder.embed([many[7]])[0])


def test_threads_get_what_one_would(encoder: SentenceEncoder) -> None:
    texts = [f"Question {number}" for number in range(24)]
    expected = [SentenceEncoder().embed([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.embed([text])[0], texts))
    assert np.allclose(found, expected, atol=1e-4)

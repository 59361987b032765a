"""The summarizer that asks a language model; loaded where the settings name one, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from digest.errors import MissingExtra
from digest.ports import AnswerStore, Summarizer
from digest.settings import kinds
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.llm import Asker, Caps, LlmSummarizer


def summarizer(
    given: kinds.LlmSettings,
    asked: Asker,
    own_words: ExtractiveSummarizer,
    answers: AnswerStore,
    clock: Callable[[], datetime],
) -> Summarizer:
    """Return what has a model write the blurbs, and its own words where it can't."""
    caps = Caps(given.max_tokens, given.max_cost, given.read_price, given.written_price)
    return LlmSummarizer(asked, own_words, answers, caps=caps, clock=clock)


def asker(given: kinds.LlmSettings) -> Asker:
    """Return what asks the model.

    Raises:
        ConfigurationError: the provider can't be used.
        MissingExtra: the model's libraries are not installed.
    """
    try:
        from digest.summaries.model_client import ModelAddress, ModelAsker
    except ImportError as missing:
        raise MissingExtra('summaries.kind = "llm"', "llm") from missing
    address = ModelAddress(
        given.provider, given.model, given.base_url or "", given.api_key.get_secret_value()
    )
    return ModelAsker(address, timeout_s=given.timeout_s, retries=given.retries)

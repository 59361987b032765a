"""The summarizer that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from digest import plugins
from digest.errors import MissingExtra
from digest.plugins import Group
from digest.ports import AnswerStore, Summarizer
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
from digest.summaries.learning import weights as sentence_weights
from digest.summaries.llm import Asker, Caps, LlmSummarizer


def summarizer_of(settings: Settings, answers: AnswerStore, clock: Callable[[], datetime]) -> Summarizer:
    """Return what writes the blurbs.

    Raises:
        ConfigurationError: the weights can't be read, or the model's provider can't be used.
        MissingExtra: a language model is asked for without its libraries.
    """
    match settings.summaries:
        case kinds.PluginSummariesSettings() as plugin:
            make = plugins.load(Group.SUMMARIZER, plugin.kind, where="summaries.kind")
            return make(**plugin.options)  # type: ignore[no-any-return]  # a stranger's
        case kinds.LlmSettings() as llm:
            caps = Caps(llm.max_tokens, llm.max_cost, llm.read_price, llm.written_price)
            return LlmSummarizer(_asker(llm), _own_words(llm), answers, caps=caps, clock=clock)
        case kinds.ExtractiveSettings() as extractive:
            return _own_words(extractive)


def _own_words(given: kinds.ExtractiveSettings | kinds.LlmSettings) -> ExtractiveSummarizer:
    weights = sentence_weights.load(given.weights) if given.weights else sentence_weights.SHIPPED
    return ExtractiveSummarizer(BlurbStyle(given.style), weights)


def _asker(given: kinds.LlmSettings) -> Asker:
    """Return what asks the model; only here are its libraries loaded."""
    try:
        from digest.summaries.model_client import ModelAddress, ModelAsker
    except ImportError as missing:
        raise MissingExtra('summaries.kind = "llm"', "llm") from missing
    address = ModelAddress(
        given.provider, given.model, given.base_url or "", given.api_key.get_secret_value()
    )
    return ModelAsker(address, timeout_s=given.timeout_s, retries=given.retries)

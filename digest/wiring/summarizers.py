"""The summarizer that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from digest import plugins
from digest.plugins import Group
from digest.ports import AnswerStore, Summarizer
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.wiring.later import LaterSummarizer

if TYPE_CHECKING:
    from digest.summaries.extractive import ExtractiveSummarizer


def summarizer_of(settings: Settings, answers: AnswerStore, clock: Callable[[], datetime]) -> Summarizer:
    """Return what writes the blurbs.

    Raises:
        ConfigurationError: the weights can't be read, or the model's provider can't be used.
        MissingExtra: a language model is asked for without its libraries.
    """
    return ready(settings)(answers, clock)


def ready(settings: Settings) -> Callable[[AnswerStore, Callable[[], datetime]], Summarizer]:
    """Return what makes the summarizer, once all that the settings name is there.

    Raises:
        ConfigurationError, MissingExtra: as for `summarizer_of`.
    """
    match settings.summaries:
        case kinds.PluginSummariesSettings() as plugin:
            make = plugins.load(Group.SUMMARIZER, plugin.kind, where="summaries.kind")
            return lambda _answers, _clock: make(**plugin.options)
        case kinds.LlmSettings() as llm:
            from digest.wiring import language_models  # only where one is asked

            return partial(language_models.summarizer, llm, language_models.asker(llm), _own_words(llm))
        case kinds.ExtractiveSettings() as extractive:
            if extractive.weights:
                own_words = _own_words(extractive)
                return lambda _answers, _clock: own_words
            return lambda _answers, _clock: LaterSummarizer(lambda: _own_words(extractive))


def _own_words(given: kinds.ExtractiveSettings | kinds.LlmSettings) -> ExtractiveSummarizer:
    from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
    from digest.summaries.learning import weights as sentence_weights

    weights = sentence_weights.load(given.weights) if given.weights else sentence_weights.SHIPPED
    return ExtractiveSummarizer(BlurbStyle(given.style), weights)

"""Questions to a language model over its own interface; needs the extra `[llm]`.

Imported only where `summaries.kind = "llm"`: the libraries below take a second to load.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from dataclasses import dataclass
from typing import Any

from pydantic_ai import Agent, ModelRetry, RunUsage, UsageLimits
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelHTTPError,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
    UserError,
)
from pydantic_ai.models import Model, infer_model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers import Provider, infer_provider_class
from pydantic_ai.settings import ModelSettings

from digest.errors import ConfigurationError, Fault
from digest.model import ModelAnswer, Tokens
from digest.summaries.llm import Asked
from digest.summaries.prompts import INSTRUCTIONS, Answer, Question

_TOKENS_WRITTEN = 4_000
_MISUSED = (401, 403, 404)


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Which model, and where; never printed, for it holds the key.

    Attributes:
        provider: `openai` for whatever speaks OpenAI's chat interface, else pydantic-ai's name.
        base_url: empty for the provider's own.
        api_key: empty for the provider's own environment variable.
    """

    provider: str
    model: str
    base_url: str = ""
    api_key: str = ""

    def __repr__(self) -> str:
        """Return it without the key."""
        return f"ModelAddress({self.provider!r}, {self.model!r}, {self.base_url!r})"


class ModelAsker:
    """Asks one model; a client is opened for each question and closed after it."""

    def __init__(self, address: ModelAddress, *, timeout_s: float, retries: int) -> None:
        """Keep the address.

        Args:
            timeout_s: for one question, all its tries together.
            retries: how often a wrong answer may be mended.

        Raises:
            ConfigurationError: the provider is unknown, or its package or key is missing.
        """
        self._address, self._timeout_s, self._retries = address, timeout_s, retries
        try:
            self._model()
        except (ImportError, ValueError, UserError) as problem:
            said = str(problem).splitlines()[0].rstrip(".")
            raise ConfigurationError([Fault("summaries.provider", f"can't be used: {said}")]) from problem

    @property
    def name(self) -> str:
        """Return provider, address and model."""
        where = self._address
        return f"{where.provider}:{where.model}@{where.base_url}"

    def ask(self, asked: Question, max_tokens: int) -> Asked:
        """Return the answer, or why there is none; see `digest.summaries.llm.Asker`."""
        return asyncio.run(self._ask(asked, max_tokens))

    async def _ask(self, asked: Question, max_tokens: int) -> Asked:
        usage = RunUsage()
        given: list[tuple[Answer, list[str]]] = []
        agent = Agent(
            self._model(),
            output_type=Answer,
            instructions=INSTRUCTIONS,
            retries={"output": self._retries},
            model_settings=ModelSettings(max_tokens=min(_TOKENS_WRITTEN, max_tokens)),
        )

        @agent.output_validator
        def check(answer: Answer) -> Answer:
            faults = asked.faults(answer)
            given.append((answer, faults))
            if faults:
                raise ModelRetry("\n".join(faults))
            return answer

        limits = UsageLimits(request_limit=self._retries + 1, total_tokens_limit=max_tokens)
        try:
            async with asyncio.timeout(self._timeout_s), agent:
                result = await agent.run(asked.prompt, usage=usage, usage_limits=limits)
        except TimeoutError:
            told = f"It gave no answer within {self._timeout_s:g} seconds."
            return Asked(ModelAnswer("", told, _tokens(usage)), is_outage=True)
        except (AgentRunError, UserError) as problem:
            return self._failed(problem, given, _tokens(usage))
        return Asked(ModelAnswer(result.output.model_dump_json(), tokens=_tokens(usage)))

    def _failed(
        self, problem: AgentRunError | UserError, given: list[tuple[Answer, list[str]]], tokens: Tokens
    ) -> Asked:
        """Return what a failure came to; a provider's own words stay out, for they may echo the key."""
        match problem:
            case ModelHTTPError():
                hint = (
                    "; check the key, the model and the address" if problem.status_code in _MISUSED else ""
                )
                told = f"Its server answered {problem.status_code}{hint}."
                return Asked(ModelAnswer("", told, tokens), is_outage=True)
            case ModelAPIError() | UserError():
                return Asked(ModelAnswer("", "It could not be reached.", tokens), is_outage=True)
            case UsageLimitExceeded():
                return Asked(ModelAnswer("", "The edition's cap on tokens or cost is reached.", tokens))
            case UnexpectedModelBehavior() if given:
                answer, faults = given[-1]
                return Asked(ModelAnswer(answer.model_dump_json(), " ".join(faults), tokens))
            case UnexpectedModelBehavior():
                told = "Its answers did not have the form that was asked for."
                return Asked(ModelAnswer(json.dumps({"sentences": []}), told, tokens))
            case _:
                return Asked(
                    ModelAnswer("", f"It failed ({type(problem).__name__}).", tokens), is_outage=True
                )

    def _model(self) -> Model:
        where = self._address
        if where.provider == "openai":
            return OpenAIChatModel(where.model, provider=self._provider("openai"))
        return infer_model(f"{where.provider}:{where.model}", self._provider)

    def _provider(self, name: str) -> Provider[Any]:
        """Return the provider with the key and address that it takes; a fresh client each time."""
        kind = infer_provider_class(name)
        wanted = {"api_key": self._address.api_key, "base_url": self._address.base_url}
        taken = inspect.signature(kind).parameters
        return kind(**{key: value for key, value in wanted.items() if value and key in taken})


def _tokens(usage: RunUsage) -> Tokens:
    return Tokens(usage.input_tokens, usage.output_tokens)

"""Commands about the quality of blurbs: evaluate, and train on a publisher's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing.progress import watching
from digest.cli.printing.terminal import errors, table
from digest.cli.session import Session
from digest.model import BlurbBudget, EditionKey, Problem
from digest.ports import EditionSummarizer, Summarizer
from digest.settings.unpacking import blurbs_of
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.learning.evaluation import Difference, Evaluation, evaluate
from digest.summaries.learning.rouge import Rouge
from digest.summaries.learning.samples import edited_blurbs, read_samples
from digest.summaries.learning.training import Training, train
from digest.summaries.learning.weights import save
from digest.wiring.summarizers import summarizer_of

DATA = click.Path(exists=True, dir_okay=False, path_type=Path)
KINDS = ("ROUGE-1", "ROUGE-2", "ROUGE-L")
_PROBLEMS_TOLD = 5


def add_to(group: click.Group) -> None:
    """Add the commands of this module."""
    session_command(group, "evaluate")(evaluate_blurbs)
    session_command(group, "train")(train_weights)


@click.argument("data", type=DATA)
@click.option(
    "--words", type=click.IntRange(min=1), help="The most words of a blurb; else as configured, or 60."
)
@click.option(
    "--sentences",
    type=click.IntRange(min=1),
    help="The most sentences of a blurb; else as configured, or 3.",
)
@click.option(
    "--stem/--no-stem", default=True, help="Compare English words without endings, as published figures do."
)
def evaluate_blurbs(
    session: Session, data: Path, words: int | None, sentences: int | None, *, stem: bool
) -> int:
    """Measure blurbs against editors' own: ours, the lead's and the best possible, side by side.

    DATA holds one JSON object on each line: id, title, text (a list for a story of several articles) and
    reference (an editor's blurb, or a list of them). Ours are written as configured where there is a
    configuration, else by the defaults.
    """
    samples, problems = read_samples(data)
    with writer(session) as (summarizer, configured), watching(errors) as progress:
        budget = BlurbBudget(
            sentences or configured.max_sentences,
            words or configured.max_words,
        )
        found = evaluate(samples, summarizer, budget, stemmed=stem, progress=progress)
    _warn(problems)
    if session.as_json:
        session.answer({**asdict(found), "stemmed": stem, "unreadable_lines": len(problems)})
    else:
        _show(found, data, budget, stem=stem)
    return Exit.DONE


@click.argument("data", type=DATA, required=False)
@click.option("--desk", is_flag=True, help="Learn from the blurbs that editors wrote at the desk, too.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("weights.json"),
    show_default=True,
    help="Where the weights go if they are worth it.",
)
def train_weights(session: Session, data: Path | None, out: Path, *, desk: bool) -> int:
    """Learn the choice of sentences from your own blurbs; refuse where that gains nothing.

    DATA is as for `digest evaluate`. The gain is measured on articles that were not learned from; where
    it may be chance, nothing is written.
    """
    if data is None and not desk:
        raise click.UsageError("Give a DATA file, or --desk to learn from the desk's blurbs, or both.")
    samples, problems = read_samples(data) if data else ([], [])
    with watching(errors) as progress:
        if desk:
            with session.newsroom() as newsroom:
                stores = newsroom.database
                own = edited_blurbs(stores.editions, stores.articles)
                samples = list(chain(samples, own))
                budget = blurbs_of(newsroom.settings)
        else:
            budget = _configured_budget(session)
        found = train(samples, budget, progress=progress)
    _warn(problems)
    if found.is_worth_it:
        save(out, found.weights, _about(found))
    values = {
        **_about(found),
        "weights": asdict(found.weights),
        "written": str(out) if found.is_worth_it else None,
    }
    session.answer(values, *_lines(found, out))
    return Exit.DONE


@contextmanager
def writer(session: Session) -> Iterator[tuple[Summarizer, BlurbBudget]]:
    """Yield the configured summarizer and its bounds; the defaults where nothing is configured."""
    if not session.is_configured:
        yield ExtractiveSummarizer(), BlurbBudget()
        return
    with session.newsroom() as newsroom:
        summarizer = summarizer_of(newsroom.settings, newsroom.database.answers, session.clock)
        if isinstance(summarizer, EditionSummarizer):
            # A model's caps hold for an evaluation as for an edition, day by day.
            summarizer = summarizer.for_edition(EditionKey("evaluate", session.now.date()))
        yield summarizer, blurbs_of(newsroom.settings)


def _configured_budget(session: Session) -> BlurbBudget:
    return blurbs_of(session.load().settings) if session.is_configured else BlurbBudget()


def _show(found: Evaluation, data: Path, budget: BlurbBudget, *, stem: bool) -> None:
    gains = (found.rouge_1, found.rouge_2, found.rouge_l)
    rows = [
        *(
            (name, *(f"{100 * score:.1f}" for score in _figures(scores)))
            for name, scores in (("lead", found.lead), ("ours", found.ours), ("oracle", found.oracle))
        ),
        ("ours − lead", *(f"{100 * one.mean:+.2f}" for one in gains)),
        ("95 %", *(f"{100 * one.low:+.2f} … {100 * one.high:+.2f}" for one in gains)),
        ("p", *(f"{one.p:.3f}" for one in gains)),
    ]
    click.echo(
        f"{data.name}: {found.samples} stories, at most {budget.max_sentences} sentences and "
        f"{budget.max_words} words; F1{', stemmed' if stem else ''}"
    )
    click.echo("\n".join(table(("", *KINDS), rows)))
    click.echo(_verdict(found.rouge_1))


def _verdict(gain: Difference) -> str:
    if not gain.is_significant:
        return "Level with the lead: the difference in ROUGE-1 may be chance (paired bootstrap)."
    return f"{'Better' if gain.mean > 0 else 'Worse'} than the lead, not by chance (paired bootstrap)."


def _figures(scores: Rouge) -> tuple[float, float, float]:
    return scores.one, scores.two, scores.longest


def _about(found: Training) -> dict[str, object]:
    """Return what a weights file says of itself."""
    return {
        "samples": found.samples,
        "strength": found.strength,
        "shipped": {"rouge_1": found.shipped[0], "rouge_2": found.shipped[1]},
        "learned": {"rouge_1": found.learned[0], "rouge_2": found.learned[1]},
        "gain": asdict(found.gain),
    }


def _lines(found: Training, out: Path) -> list[str]:
    gain = found.gain
    told = [
        f"{found.samples} articles with an editor's blurb; ROUGE-1/2 on those not learned from:",
        f"  shipped weights {100 * found.shipped[0]:.1f}/{100 * found.shipped[1]:.1f}",
        f"  learned weights {100 * found.learned[0]:.1f}/{100 * found.learned[1]:.1f}",
        f"  gain {100 * gain.mean:+.2f} [{100 * gain.low:+.2f}, {100 * gain.high:+.2f}], p = {gain.p:.3f}",
    ]
    if found.is_worth_it:
        return [*told, f'Written to {out}. To use them: [summaries] weights = "{out}"']
    return [*told, "Not written: the gain is not there, or may be chance. The shipped weights stay."]


def _warn(problems: list[Problem]) -> None:
    for problem in problems[:_PROBLEMS_TOLD]:
        click.echo(f"digest: {problem}", err=True)
    if len(problems) > _PROBLEMS_TOLD:
        click.echo(f"digest: … and {len(problems) - _PROBLEMS_TOLD} more lines", err=True)

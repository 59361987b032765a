"""What a setting is called in digest.toml, in the environment, and in a secrets file."""

from __future__ import annotations

from collections.abc import Sequence

PREFIX = "DIGEST_"
SEPARATOR = "__"

NOT_SETTINGS = frozenset(
    {
        "DIGEST_CONFIG",  # the configuration file
        "DIGEST_SECRETS_DIR",  # the secrets directory
        "DIGEST_CRASH_AT",  # tests: die at the n-th durable step
    }
)
"""Variables that begin like settings and are none; DIGEST_TEST_… are none either."""
TEST_PREFIX = "DIGEST_TEST_"

Step = str | int
Path = tuple[Step, ...]

NUMBERED_TABLES: frozenset[Path] = frozenset({("site", "older_keys")})
"""Tables whose keys may be numbers: elsewhere a number in a variable is a place in a list."""


def is_ours(variable: str) -> bool:
    """Tell whether an environment variable is meant as a setting."""
    name = variable.upper()
    return name.startswith(PREFIX) and name not in NOT_SETTINGS and not name.startswith(TEST_PREFIX)


def steps_of_variable(variable: str) -> tuple[str, ...]:
    """Return the way to the setting that `variable` names: DIGEST_SITE__URL → site, url."""
    return tuple(variable[len(PREFIX) :].lower().split(SEPARATOR))


def steps_of_name(name: str) -> tuple[str, ...]:
    """Return the way to a dotted name: newsletters.morning.sources[0].url → …, sources, 0, url."""
    return tuple(step for step in name.replace("[", ".").replace("]", "").split(".") if step)


def dotted(path: Sequence[Step]) -> str:
    """Return a path as people write it: newsletters.morning.sources[0].url."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def variable_for(path: Sequence[Step]) -> str:
    """Return the environment variable that sets the value at `path`."""
    return PREFIX + SEPARATOR.join(str(step).replace("-", "_") for step in path).upper()

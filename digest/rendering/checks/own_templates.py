"""What is wrong with a site's own templates as they lie there, before any mail is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import nodes

from digest.errors import TemplateFault
from digest.rendering.checks import lost_rules
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.environment import BLOCKS, Templates
from digest.rendering.overrides.folders import BUILTIN, NEWSLETTERS, strangers

PAGE = "page.txt"

Chain = list[tuple[str, nodes.Template]]


def findings(folder: Path | None, newsletters: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return rules that the mail would lose, blocks that one part alone has, folders nobody reads.

    Args:
        folder: the site's own templates; None where it has none.
        newsletters: the keys of the newsletters, each of which may have a folder in it.
    """
    keys = frozenset(newsletters)
    found = [*lost_rules.findings(folder), *_unread(folder, keys)]
    if folder is not None and folder.is_dir():
        for key in ("", *sorted(keys)):
            if not key or (folder / NEWSLETTERS / key).is_dir():
                found += _without_twin(Templates(folder, key))
    return tuple(dict.fromkeys(found))


def _unread(folder: Path | None, keys: frozenset[str]) -> Iterator[Finding]:
    for each in strangers(folder, keys):
        problem = "is no newsletter's folder, so that nobody reads what is in it"
        known = ", ".join(sorted(keys)) or "none"
        yield Finding(
            Level.WARNING, "templates", str(each), problem, f"name it after a newsletter: {known}"
        )


def _without_twin(templates: Templates) -> Iterator[Finding]:
    """Yield each block that the site wrote for the HTML part and not for the plain one."""
    for name in templates.names():
        try:
            chain = templates.chain(f"{name}.html")
            plain = templates.beside(name, ".txt")
            plain_chain = templates.chain(plain)
        except TemplateFault:
            continue  # told where the template is used; what no newsletter uses may be half done
        for block in BLOCKS:
            written = _own(templates, chain, block)
            if written is not None and not _reaches_own(templates, plain_chain, block):
                yield _lonely(*written, plain)


def _lonely(file: str, block: nodes.Block, plain: str) -> Finding:
    twin = Path(file).with_suffix(".txt").name
    parent = twin if twin == PAGE else plain
    return Finding(
        Level.WARNING,
        "templates",
        f"{file}:{block.lineno}",
        f"the block {block.name!r} is written anew, and the plain part still says what it said before",
        f'write it in {twin} too, which begins {{% extends "{BUILTIN}/{parent}" %}}; '
        "{{ super() }} in it says that these words are meant",
    )


def _own(templates: Templates, chain: Chain, block: str) -> tuple[str, nodes.Block] | None:
    """Return the site's own block that shows, with its file; one that adds nothing is looked through."""
    for file, one in _written(chain, block):
        if not templates.is_builtin(file) and not _only_inherits(one):
            return file, one
        if not _inherits(one):
            return None
    return None


def _reaches_own(templates: Templates, chain: Chain, block: str) -> bool:
    """Tell whether a block that the site wrote shows; one that only inherits is meant so."""
    for file, one in _written(chain, block):
        if not templates.is_builtin(file):
            return True
        if not _inherits(one):
            return False
    return False


def _written(chain: Chain, block: str) -> Iterator[tuple[str, nodes.Block]]:
    """Yield the blocks of a name, that of the template nearest to the mail's own first."""
    for file, tree in chain:
        yield from ((file, one) for one in tree.find_all(nodes.Block) if one.name == block)


def _inherits(block: nodes.Block) -> bool:
    calls = (one.node for one in block.find_all(nodes.Call))
    return any(isinstance(called, nodes.Name) and called.name == "super" for called in calls)


def _only_inherits(block: nodes.Block) -> bool:
    """Tell whether a block says what the one it replaces says, and nothing else."""
    outputs = [one for output in block.find_all(nodes.Output) for one in output.nodes]
    said = [one for one in outputs if not isinstance(one, nodes.TemplateData) or one.data.strip()]
    return len(said) == 1 and _inherits(block)

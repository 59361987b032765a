"""Open alerts as lines and as values."""

from __future__ import annotations

from digest.model.upkeep import Alert


def lines(alert: Alert) -> list[str]:
    """Return what is wrong and what to do."""
    trouble = alert.trouble
    told = f", told by {', '.join(sorted(alert.told))}" if alert.told else ""
    return [
        f"{trouble.kind}: {trouble.about} (since {alert.opened_at:%Y-%m-%d %H:%M %Z}{told})",
        f"    {trouble.said}",
        f"    {trouble.remedy}",
    ]


def values(alert: Alert) -> dict[str, object]:
    """Return it as `--json` shows it."""
    trouble = alert.trouble
    return {
        "kind": trouble.kind.value,
        "about": trouble.about,
        "newsletter": trouble.newsletter,
        "said": trouble.said,
        "what_to_do": trouble.remedy,
        "since": alert.opened_at.isoformat(),
        "told": sorted(alert.told),
    }

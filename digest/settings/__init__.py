"""The configuration, with every fault named at once."""

from digest.settings.loading import Loaded, load
from digest.settings.schema import Settings

__all__ = ["Loaded", "Settings", "load"]

"""The page « Observer »: the ways of looking at a territory, and what one keeps of them."""

from territ_kit.widgets.observer.panel import ObserverPanel

__all__ = ["ObserverPanel"]

"""The board: stages as columns, opportunities as cards that are moved by hand, keys or a menu."""

from dashboard.components.board.view import draw, forget

__all__ = ["draw", "forget"]

"""Close dates on a line of days, dragged to where they are supposed to be."""

from dashboard.components.close_dates.view import Line, draw

__all__ = ["Line", "draw"]

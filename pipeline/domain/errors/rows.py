"""One of several things asked for together is refused."""

from pipeline.domain.errors.refusal import PipelineError


class RowRefusedError(PipelineError):
    """Of several rows one is refused; none of them was recorded."""

    def __init__(self, place: int, refusal: PipelineError) -> None:
        """Take the place of the row, the first is 0, and what it is refused with."""
        self.place = place
        self.refusal = refusal
        self.field = refusal.field
        super().__init__(f"Row {place + 1}: {refusal}")

"""The base of all refusals."""


class PipelineError(Exception):
    """Base of all refusals; nothing was recorded when it is raised."""

    field: str | None = None

"""Whether a scope leaves anything out: what looks at the whole log takes the shorter way then."""

from pipeline.domain.scope import Scope


def is_narrowed(scope: Scope) -> bool:
    """Say whether the scope is narrowed to cycles, owners, teams, contacts or campaigns."""
    return any((scope.cycles, scope.owners, scope.teams, scope.contacts, scope.campaigns))

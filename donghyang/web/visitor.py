"""Who is asking, and what they may do: reader, analyst, editor, operator, each with all the rights of those before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, cast

from fastapi import Request
from starlette.exceptions import HTTPException

Role = Literal["reader", "analyst", "editor", "operator"]
ROLES: Final[tuple[Role, ...]] = ("reader", "analyst", "editor", "operator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody at the door; ``name`` is "" for one who need not say."""

    name: str = ""
    role: Role = "reader"

    def may(self, role: Role) -> bool:
        """Whether they have a role, or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


def visitor_of(request: Request) -> Visitor:
    """Whom the guards at the door let in with this request."""
    return cast("Visitor | None", getattr(request.state, "visitor", None)) or Visitor()


def needs(role: Role) -> Callable[[Request], Visitor]:
    """A dependency that lets in only those with a role: 401 for one who has not said who they are, else 403."""

    def admitted(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if not visitor.may(role):
            raise HTTPException(status_code=403 if visitor.name else 401)
        return visitor

    return admitted

"""Decides who may change whose roles, and how roles are said."""

from storage.records import Role

ROLE_WORDS = {
    Role.MEMBER: "member",
    Role.COORDINATOR: "co-ordinator",
    Role.LEADER: "leader",
    Role.FACULTY: "faculty",
    Role.ADMIN: "administrator",
}


def role_in_words(role: Role, network: str | None) -> str:
    """The role as it stands after "is now": "a leader of X", "a faculty member", "an administrator"."""
    if network is not None:
        return f"a {ROLE_WORDS[role]} of {network}"
    return {Role.FACULTY: "a faculty member", Role.ADMIN: "an administrator"}.get(
        role, f"a {ROLE_WORDS[role]}"
    )

"""How an identity provider's name for a person is compared. Pure."""


def openid_name(value: str) -> str:
    """The value of a claim as it is kept and looked for: e-mail addresses in lower case, all else as it stands."""
    value = value.strip()
    return value.lower() if "@" in value else value

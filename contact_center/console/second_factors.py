"""What the pages about second factors share: the vault of their secrets, and the picture that an app reads."""

from typing import Annotated

import segno
from fastapi import Depends
from markupsafe import Markup

from contact_center.accounts.second_factor import PURPOSE
from contact_center.accounts.vault import Vault
from contact_center.api.dependencies import SettingsOf

_QUIET = 4
"""Modules of white around a QR code: readers need them."""


def vault_of(settings: SettingsOf) -> Vault:
    """Where the secrets of second factors are sealed and opened."""
    return Vault(settings.effective_secret_key, PURPOSE)


VaultOf = Annotated[Vault, Depends(vault_of)]


def qr_code(address: str) -> Markup:
    """The address as an SVG element with its own white ground, so that it can be read on dark pages too."""
    svg = segno.make(address, error="m").svg_inline(scale=5, border=_QUIET, dark="#000", light="#fff", svgclass="qr")
    return Markup(svg)  # noqa: S704  (made of squares; the address is in it as modules, not as text)


def in_fours(secret: str) -> str:
    """A secret in groups of four letters, to be typed by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

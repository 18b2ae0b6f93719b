"""What every `rasa` command of this project starts with: settings that Rasa's own files cannot give a default.

Rasa looks for its plugins in a package of this name, before it reads a file or sends anything. YAML files may say
`${NAME}`, but Rasa stops when NAME is not set, and has no way to write a default.
"""

from __future__ import annotations

import os
import secrets

DEFAULTS = {
    # Rasa reports usage to its makers unless told not to.
    "RASA_TELEMETRY_ENABLED": "false",
    # Empty: conversations are kept in memory, as `rasa shell` and `rasa test` want it.
    "TAWASUL_RASA_DATABASE_URL": "",
    "TAWASUL_ACTIONS_URL": "http://127.0.0.1:5055",
}


def init_hooks(manager: object) -> None:
    """Called by Rasa with its plugin manager; no hook is registered."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    # Unset, nobody knows the token, so the gateway channel answers no one.
    os.environ.setdefault("TAWASUL_INTERNAL_TOKEN", secrets.token_urlsafe(32))

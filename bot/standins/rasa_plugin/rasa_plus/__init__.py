"""What every `rasa` command of this project starts with: defaults that Rasa's own files cannot give.

Rasa looks for its plugins in a package of this name, before it reads a file or sends anything.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys

import pluggy

hook = pluggy.HookimplMarker("rasa")

# YAML files may say `${NAME}`, but Rasa stops where NAME is not set.
ENVIRONMENT = {
    # Rasa reports usage to its makers unless told not to.
    "RASA_TELEMETRY_ENABLED": "false",
    # Empty: conversations are kept in memory, as `rasa shell` and `rasa test` want it.
    "TAWASUL_RASA_DATABASE_URL": "",
    "TAWASUL_ACTIONS_URL": "http://127.0.0.1:5055",
}
STORIES = "tests/stories"


def init_hooks(manager: pluggy.PluginManager) -> None:
    """Called by Rasa with its plugin manager."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # Unset, nobody knows the token, so the gateway channel answers no one.
    os.environ.setdefault("TAWASUL_INTERNAL_TOKEN", secrets.token_urlsafe(32))
    manager.register(sys.modules[__name__])


@hook
def refine_cli(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`rasa test` looks for stories in the whole directory, virtual environments included, unless told where."""
    test = subparsers.choices["test"]
    core = next(action for action in test._actions if isinstance(action, argparse._SubParsersAction)).choices["core"]
    for parser in (test, core):
        parser.set_defaults(stories=STORIES)

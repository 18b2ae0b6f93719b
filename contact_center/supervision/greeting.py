"""What is said once everything is ready: what to open, which channels are on, and how to switch on the others."""

from contact_center.accounts.first_admin import FirstAdmin
from contact_center.channels.registry import why_off
from contact_center.settings import Settings
from contact_center.supervision.terminal import Terminal


def show(terminal: Terminal, settings: Settings, pages_after: float, ready_after: float) -> None:
    """Say what to open and what is on; times in seconds since the start."""
    terminal.say()
    terminal.say(f"  Chat     {settings.local_url}/chat")
    terminal.say(f"  Console  {settings.local_url}/console")
    for name, reason in why_off(settings).items():
        terminal.say(f"  {name}: {reason}")
    terminal.say(f"Everything is ready after {ready_after:.1f} s (pages after {pages_after:.1f} s). Ctrl-C stops it.")
    terminal.say()


def show_admin(terminal: Terminal, admin: FirstAdmin) -> None:
    """Say how the first administrator signs in; the password is kept nowhere in plain words."""
    terminal.say(f"  {sign_in(admin)}", style="bold green")


def sign_in(admin: FirstAdmin) -> str:
    """The sentence about the first administrator."""
    return f"Sign in to the console as {admin.username} with the password {admin.password} (shown only now)."

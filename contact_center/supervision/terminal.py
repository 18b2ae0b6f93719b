"""What the person at the terminal sees: our own sentences, and each process's lines under its name."""

from rich.console import Console
from rich.text import Text

NAME_WIDTH = 10


class Terminal:
    """Writes whole lines to standard output; colours and a live progress bar only where that is a terminal."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(soft_wrap=True, highlight=False)

    @property
    def is_a_person(self) -> bool:
        """Whether somebody watches, rather than a file or another program."""
        return self.console.is_terminal

    def say(self, sentence: str = "", style: str = "bold") -> None:
        """A line of our own."""
        self.console.print(Text(sentence, style=style))

    def line(self, name: str, colour: str, line: str) -> None:
        """A line that the process `name` wrote."""
        prefix = Text(f"{name:<{NAME_WIDTH}}| ", style=colour)
        self.console.print(prefix + Text.from_ansi(line))

"""`tawasul nlu parse`."""

import json
import sys

from contact_center.commands.nlu.understanding import understood


def parse() -> None:
    """Read messages, JSON lines {"text": …}, from standard input; print each with what is understood.

    Added: intent, confidence, language, entities, and categories (best first) with the agency that answers each; the
    agency is null where it depends on a place that the message does not name. The router's own `none` (a bare wish to
    complain) is left out: it is no category of the catalogue.
    """
    for line in understood(sys.stdin):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()

"""Starts the web application with the settings of the environment."""

from __future__ import annotations

import os
import sys

from drafter.errors import DrafterError
from drafter.settings import read_settings
from drafter.ui.serve import serve


def main() -> int:
    """Serve until stopped; 2 with one line where the settings cannot be used."""
    try:
        serve(read_settings(os.environ))
    except DrafterError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

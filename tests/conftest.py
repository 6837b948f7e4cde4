"""Laws are tried on the same examples at each run; ``LAWS=new`` searches for others."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("new", deadline=None, print_blob=True)
settings.load_profile("new" if os.environ.get("LAWS") == "new" else "same")

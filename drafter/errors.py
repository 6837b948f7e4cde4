"""The error tree. Every message is written for the clerk who reads it: what, and what to do.

DrafterError
├── InputError               what was handed in cannot be used
│   ├── UnsupportedFormat      no reader for this kind of file
│   ├── UnreadableFile         damaged, encrypted, empty, wrong kind
│   ├── HostileFile            refused before it is unpacked or parsed (bomb, DOCTYPE, macro)
│   ├── TooLarge               over a limit of size or number
│   └── EmptyInput             nothing in it that could be drafted or checked
├── SettingsError            a setting is missing or out of range
├── PromptError              a template in prompts/ is missing or has unknown variables
├── ModelError               the endpoint did not give a usable answer
│   ├── ModelUnreachable       DNS, refused, TLS, proxy
│   ├── ModelDenied            401, 403: key or address wrong
│   ├── ModelBusy              429 after bounded tries
│   ├── ModelTimeout           no first word, or silence in mid-stream
│   ├── ModelAnswerInvalid     not an answer: HTML page, broken stream, empty, refusal
│   └── BudgetSpent            the run's budget is used up
├── StoreError               the project store
│   ├── NotFound
│   ├── NotAllowed
│   └── Conflict               somebody saved in between; holds both texts
└── ExportError              the document cannot be made
"""

from __future__ import annotations


class DrafterError(Exception):
    """Root of all errors that a clerk may see; ``str(error)`` is one clear Chinese line."""


class InputError(DrafterError):
    """What was handed in cannot be used."""


class UnsupportedFormat(InputError):  # noqa: N818 - the tree reads better without the suffix
    """No reader for this kind of file."""


class UnreadableFile(InputError):  # noqa: N818
    """The file is damaged, encrypted, empty, or not what its name says."""


class HostileFile(InputError):  # noqa: N818
    """The file is refused before it is unpacked or parsed."""


class TooLarge(InputError):  # noqa: N818
    """The input is over a limit of size or number."""


class EmptyInput(InputError):  # noqa: N818
    """There is nothing in it that could be drafted or checked."""


class SettingsError(DrafterError):
    """A setting is missing or out of range."""


class PromptError(DrafterError):
    """A prompt template is missing or has unknown variables."""


class ModelError(DrafterError):
    """The model endpoint did not give a usable answer."""


class ModelUnreachable(ModelError):  # noqa: N818
    """The endpoint cannot be reached (name, connection, TLS, proxy)."""


class ModelDenied(ModelError):  # noqa: N818
    """The endpoint refuses the key or the address (401, 403, 404)."""


class ModelBusy(ModelError):  # noqa: N818
    """The endpoint is still busy after the allowed number of tries."""


class ModelTimeout(ModelError):  # noqa: N818
    """No first word in time, or silence in mid-stream."""


class ModelAnswerInvalid(ModelError):  # noqa: N818
    """What came back is no answer (an HTML page, a broken stream, nothing, a refusal)."""


class BudgetSpent(ModelError):  # noqa: N818
    """The run's budget of tokens or calls is used up."""


class StoreError(DrafterError):
    """The project store cannot do what was asked."""


class NotFound(StoreError):  # noqa: N818
    """No such project, section, version or file."""


class NotAllowed(StoreError):  # noqa: N818
    """The project belongs to somebody else."""


class Conflict(StoreError):  # noqa: N818
    """Somebody saved in between.

    Attributes: ``theirs`` the stored text, ``ours`` the text that was to be saved.
    """

    def __init__(self, message: str, *, theirs: str, ours: str) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.ours = ours


class ExportError(DrafterError):
    """The document cannot be made."""

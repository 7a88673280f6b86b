"""What is wrong in a block, in words that name the block and the field, wherever the error is shown.

Wagtail's editor puts each message beside its field. Everywhere else (a workflow, a bulk action, a screen of ours, a
log) its errors of blocks said only "Validation error in StreamBlock".
"""

from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError

OF_BLOCKS = (StreamBlockValidationError, StructBlockValidationError, ListBlockValidationError)


def in_words(error: ValidationError) -> str:
    """Block 2, alt text: Say what the picture shows."""
    if not isinstance(error, OF_BLOCKS):
        return " ".join(error.messages)
    whole = [str(words) for words in error.non_block_errors]
    return " ".join([*whole, *(_of_part(key, one) for key, one in sorted(error.block_errors.items(), key=_order))])


def _order(part) -> tuple[bool, int, str]:
    key, _ = part
    return (isinstance(key, str), key if isinstance(key, int) else 0, str(key))


def _of_part(key: int | str, error: ValidationError) -> str:
    name = f"Block {key + 1}" if isinstance(key, int) else key.replace("_", " ")
    words = in_words(error)
    deeper = isinstance(error, OF_BLOCKS) and not error.non_block_errors
    return f"{name}, {words[:1].lower()}{words[1:]}" if deeper else f"{name}: {words}"


def say_it_in_words() -> None:
    """Called once, when the hub starts: these errors carry their words from where they are raised."""
    for kind in OF_BLOCKS:
        if not hasattr(kind, "says_words"):
            kind.__init__, kind.says_words = _with_words(kind.__init__), True


def _with_words(before):
    def __init__(self, *args, **kwargs):
        before(self, *args, **kwargs)
        self.message = in_words(self) or self.message

    return __init__

"""A refusal of something inside a block says which block, which field and what to do; never the name of a class."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError

from guidance.models import GuidePage
from pages.editing.block_errors import in_words

FIELD = ValidationError("Say what the picture shows.")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StreamBlockValidationError({1: FIELD}), "Block 2: Say what the picture shows."),
        (
            StreamBlockValidationError({1: StructBlockValidationError({"alt_text": FIELD})}),
            "Block 2, alt text: Say what the picture shows.",
        ),
        (
            StreamBlockValidationError(
                {0: StructBlockValidationError({"rows": ListBlockValidationError({2: FIELD})}), 3: FIELD}
            ),
            "Block 1, rows, block 3: Say what the picture shows. Block 4: Say what the picture shows.",
        ),
        (StreamBlockValidationError(non_block_errors=["Fill in this section."]), "Fill in this section."),
        (ListBlockValidationError([None, FIELD]), "Block 2: Say what the picture shows."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_names_the_block_and_the_field(error, words):
    assert in_words(error) == words
    assert error.messages == [words]
    assert ValidationError({"body": error}).message_dict == {"body": [words]}


@pytest.mark.django_db
def test_what_the_form_of_a_page_refuses_says_so_too(hub):
    blocks = GuidePage._meta.get_field("body").stream_block
    empty = {"image": None, "decorative": False, "alt": "", "caption": ""}
    with pytest.raises(ValidationError) as refused:
        blocks.clean(blocks.to_python([{"type": "picture", "value": empty}]))
    assert refused.value.messages[0].startswith("Block 1, image")
    assert "Validation error" not in str(refused.value)

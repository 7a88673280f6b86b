"""Names that stand in rows outlive the modules that write them: where code moves, they stay."""

from wagtail.log_actions import registry

# What pages' histories hold. Another name takes a migration of the log.
IN_HISTORIES = {
    "guidance.version.call_off",
    "hub.passed_on",
    "pages.public.close",
    "pages.public.open",
    "stories.consent.record",
    "stories.consent.reopen",
    "stories.consent.withdraw",
}


def test_what_histories_hold_is_still_called_by_its_name():
    registered = {action for action, _ in registry.get_choices()}
    assert {action for action in registered if not action.startswith("wagtail.")} == IN_HISTORIES

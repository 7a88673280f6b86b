"""What guidance adds to Wagtail; the rules are in the modules named here."""

from wagtail import hooks

from guidance.policies import versions


@hooks.register("register_log_actions")
def what_the_history_says_of_versions(actions):
    actions.register_action(versions.CALLED_OFF, "Call off a version", "A version to come was called off")

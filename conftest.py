"""What every test may ask for. The harness is in tests/harness; the cast of people comes here."""

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.harness.database",
    "tests.harness.browser",
    "tests.harness.mail",
    "tests.harness.search_server",
    "tests.cast",
    "tests.clock",
]

# A busy machine is no fault of what is tested.
settings.register_profile("hub", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hub")

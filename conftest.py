"""What every test may ask for. The harness is in tests/harness; the cast of people comes here."""

pytest_plugins = [
    "tests.harness.database",
    "tests.harness.browser",
    "tests.harness.mail",
    "tests.harness.search_server",
    "tests.cast",
    "tests.clock",
]

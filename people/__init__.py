"""Who uses the hub: sign-in, roles, teams, who answers for whom, and leaving the service."""

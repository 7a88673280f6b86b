"""What each reader sees: of one event, of the list, the diary, the desk, a team."""

"""What people say of ages, minutes and circumstances, as patterns over plain words."""

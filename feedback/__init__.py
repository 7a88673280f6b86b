"""What people said: forms, answers without a person, pledges, suggestions, remarks, figures with their base."""

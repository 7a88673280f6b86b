"""What studies say, in plain words and with how sure it is."""

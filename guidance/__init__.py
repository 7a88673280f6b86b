"""What people work by: policies, guides, programmes, practice changes, careers."""

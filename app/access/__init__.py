"""Who may do what, and when. Declared once, in policy.py."""

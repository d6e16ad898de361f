"""What the pages about knowledge read: the desk citizens are answered from, and its layers."""

"""What officers and the clock do with stored work; the use cases behind pages and commands."""

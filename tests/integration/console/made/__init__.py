"""What the addresses of the console name, made for tests that try every way; a module a family."""

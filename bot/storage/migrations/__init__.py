"""The steps of the tables from release to release, run by ``bot.storage.migrate``."""

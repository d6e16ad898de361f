"""The lint of the knowledge base: rules that name what an official should mend.

Rules are pure: records and a day in, offences out. What they are called, how grave they are and
what to do about them stands in ``knowledge/data/lint.vi.toml``.
"""

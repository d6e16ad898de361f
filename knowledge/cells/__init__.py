"""One field of a procedure ↔ one cell: readable for officials, exact when read back.

Several items stand on lines of their own, the parts of an item between bars:
``Tờ khai | 1 bản chính | khi: nhờ người khác | mẫu: Tờ khai khai sinh``. A backslash takes the
meaning away from a bar, a line break or a bullet. What is written freely goes to
``knowledge.phrases``.
"""

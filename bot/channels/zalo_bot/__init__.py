"""A bot of the Zalo Bot Platform as a channel; facts and doubts stand in docs/zalo.md."""

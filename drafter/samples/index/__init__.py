"""Finding things in a library: common runs (exact) and sections by meaning (ranked)."""

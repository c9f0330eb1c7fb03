"""Material that nobody would write, read all the same: seeds, ways to spoil them, and judges of what comes of it."""

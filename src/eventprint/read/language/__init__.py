"""What every reader knows of language: words, names, times, people and lines."""

"""Questions with answers that were worked out from the raw files, by code that shares nothing with the engines."""

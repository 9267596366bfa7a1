"""Sales units: formed around a deal, staffed by function, moved between templates, merged, split, dissolved; every step approved and recorded."""

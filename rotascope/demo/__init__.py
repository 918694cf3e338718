"""A small invented market, its feeds and pages, and a run of the whole product over it."""

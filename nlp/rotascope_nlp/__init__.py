"""Language stage: companies, groups, mentions, rotation."""

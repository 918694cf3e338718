"""The store: articles, their text versions, analyses and feed state, in one database."""

"""The record: a release as JSON, exact and checked against its published schema."""

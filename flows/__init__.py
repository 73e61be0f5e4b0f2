"""WHEN: the only room that knows Prefect; what is done stands in src/etl."""

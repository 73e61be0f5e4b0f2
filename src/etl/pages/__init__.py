"""The pages that leaders open: made of one published version, whole in themselves, with no server and no network."""

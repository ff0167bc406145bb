-- What was split off into a conversation of its own repeats what stands where it was said.
ALTER TABLE message ADD COLUMN split_of BIGINT;

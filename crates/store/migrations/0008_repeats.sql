-- What was merged into an issue: its wordings belong to it as well.
CREATE INDEX issue_merged ON issue (merged_into) WHERE merged_into IS NOT NULL;

-- How many conversations are open now, kept in step with them: the end of a day needs no count of all that is open.
CREATE TABLE open_count (category TEXT PRIMARY KEY, n BIGINT NOT NULL, critical BIGINT NOT NULL);
INSERT INTO open_count (category, n, critical)
    SELECT COALESCE(category, ''), COUNT(*), COUNT(*) FILTER (WHERE severity = 'critical') FROM conversation WHERE resolved_at IS NULL GROUP BY COALESCE(category, '');

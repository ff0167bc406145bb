-- The help centre. One row for each article, with its newest and its published texts in the document; every saved text stands in
-- `article_revision` besides, and never changes.
CREATE TABLE collection (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL,
    position BIGINT NOT NULL,
    removed BOOLEAN NOT NULL,
    doc TEXT NOT NULL
);
CREATE UNIQUE INDEX collection_slug ON collection (slug) WHERE removed = FALSE;

-- Which collection a category is part of.
CREATE TABLE article_category (
    id BIGINT PRIMARY KEY,
    collection_id BIGINT NOT NULL REFERENCES collection (id)
);
CREATE INDEX article_category_collection ON article_category (collection_id);

CREATE TABLE article (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    category_id BIGINT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('public', 'internal')),
    live BOOLEAN NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX article_category_articles ON article (category_id, id);
CREATE INDEX article_live ON article (id) WHERE live = TRUE;

-- One row for each language, for lists. `ahead`: something newer than what readers see was saved.
CREATE TABLE article_text (
    article_id BIGINT NOT NULL REFERENCES article (id),
    lang TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
    ahead BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (article_id, lang)
);

-- All addresses that a text ever had. An address belongs to its article for ever.
CREATE TABLE article_slug (
    lang TEXT NOT NULL,
    slug TEXT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES article (id),
    PRIMARY KEY (lang, slug)
);
CREATE INDEX article_slug_article ON article_slug (article_id);

CREATE TABLE article_revision (
    article_id BIGINT NOT NULL REFERENCES article (id),
    lang TEXT NOT NULL,
    number BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    note TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article_id, lang, number)
);

-- Pictures of articles, named by what is in them.
CREATE TABLE article_image (
    name TEXT PRIMARY KEY,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    at BIGINT NOT NULL
);

-- What readers said of a revision: one visitor once. Nobody is known by it.
CREATE TABLE article_rating (
    article_id BIGINT NOT NULL REFERENCES article (id),
    lang TEXT NOT NULL,
    revision BIGINT NOT NULL,
    visitor TEXT NOT NULL,
    helpful BOOLEAN NOT NULL,
    comment TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (article_id, lang, revision, visitor)
);
CREATE INDEX article_rating_at ON article_rating (article_id, at);

-- Who read an article and wrote all the same, right from its page.
CREATE TABLE article_read (
    article_id BIGINT NOT NULL REFERENCES article (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (article_id, conversation_id)
);
CREATE INDEX article_read_conversation ON article_read (conversation_id);

-- How the help centre looks, in one row.
CREATE TABLE help_centre (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    doc TEXT NOT NULL
);

-- The article that a search of the help centre found first, where it fitted.
ALTER TABLE help_search ADD COLUMN article_id BIGINT;

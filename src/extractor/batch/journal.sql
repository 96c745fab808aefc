-- What a batch remembers.  rules, results: what came of a content under some rules, for ever.
-- run, files, entries: what the present run goes by and found where; every run makes them anew.
PRAGMA user_version = 1;
CREATE TABLE IF NOT EXISTS rules (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS results (
    content TEXT NOT NULL,
    rules INTEGER NOT NULL REFERENCES rules (id),
    record BLOB,
    figures INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    stage TEXT,
    cause TEXT,
    remedy TEXT,
    PRIMARY KEY (content, rules),
    CHECK ((record IS NULL) = (stage IS NOT NULL))
);
DROP VIEW IF EXISTS places;
DROP TABLE IF EXISTS run;
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS entries;
CREATE TABLE run (rules INTEGER NOT NULL REFERENCES rules (id));
CREATE TABLE files (
    position INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    stage TEXT,
    cause TEXT,
    remedy TEXT
);
CREATE TABLE entries (
    position INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    member TEXT,
    content TEXT,
    findings TEXT NOT NULL,
    stage TEXT,
    cause TEXT,
    remedy TEXT
);
CREATE INDEX entries_content ON entries (content);
-- Every entry with what came of its content; found: findings on the place itself, as JSON; first: the position of the
-- first entry that has the same content; has_copies: whether one behind has.
CREATE VIEW places AS
SELECT
    entries.position, entries.name, entries.member, entries.content, entries.findings AS found,
    entries.name || ifnull(' > ' || entries.member, '') AS label,
    results.record, results.figures, results.findings,
    ifnull(entries.stage, results.stage) AS stage,
    ifnull(entries.cause, results.cause) AS cause,
    ifnull(entries.remedy, results.remedy) AS remedy,
    (SELECT min(position) FROM entries AS same WHERE same.content = entries.content) AS first,
    EXISTS (
        SELECT 1 FROM entries AS same WHERE same.content = entries.content AND same.position > entries.position
    ) AS has_copies
FROM entries
LEFT JOIN results ON results.content = entries.content AND results.rules = (SELECT rules FROM run);

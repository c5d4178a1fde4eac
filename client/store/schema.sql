-- What rollcall keeps between runs. Times are milliseconds since 1970 in UTC, and
-- spans microseconds; what is not known is NULL. Lists of texts are JSON arrays,
-- which json_each takes apart. Which tokens end within a month:
--
--   SELECT profile, ends FROM tokens WHERE ends < datetime('now', '+1 month');

PRAGMA application_id = 1919904876; -- "roll"
PRAGMA user_version = 7;

-- The decisions of people. Each row says by itself what it is about, so that it
-- can be saved from a file of which other parts are lost. A configuration is
-- known by the path of its file, a profile by its name and the address that is
-- asked together.

CREATE TABLE pins (
  configuration TEXT NOT NULL,
  profile       TEXT NOT NULL,
  endpoint      TEXT NOT NULL,
  user          TEXT NOT NULL,
  PRIMARY KEY (configuration, profile, endpoint)
) STRICT, WITHOUT ROWID;

CREATE TABLE snoozes (
  configuration TEXT NOT NULL,
  profile       TEXT NOT NULL,
  endpoint      TEXT NOT NULL,
  until         INTEGER NOT NULL,
  note          TEXT NOT NULL,
  verdict       TEXT NOT NULL, -- the one under which the person said so
  PRIMARY KEY (configuration, profile, endpoint)
) STRICT, WITHOUT ROWID;

-- The profile that commands take without being told: everywhere, where the folder
-- is empty, or in a folder and those below it.
CREATE TABLE choices (
  configuration TEXT NOT NULL,
  folder        TEXT NOT NULL,
  profile       TEXT NOT NULL,
  PRIMARY KEY (configuration, folder)
) STRICT, WITHOUT ROWID;

-- The latest changes by people, for undo. The rows of one step were made
-- together. The text of the file is not here, nor is any secret: the file has a
-- backup beside it, and the keyring the secret that was replaced last. Of a change
-- of the file there is which profiles it was about, a row each.
CREATE TABLE undo (
  configuration  TEXT NOT NULL,
  step           INTEGER NOT NULL, -- the newest has the greatest
  position       INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  undone         INTEGER NOT NULL, -- 1 for what undo itself has done
  kind           TEXT NOT NULL,    -- file, secret, choice, pin, place, snooze or other
  profile        TEXT,
  endpoint       TEXT, -- of a file or other: what of the profile, such as tags
  folder         TEXT, -- the one of a choice, NULL for everywhere; of a file the tags
  was            TEXT, -- profile, user or note before and after; of a file the profile's name
  became         TEXT,
  was_until      INTEGER,
  became_until   INTEGER,
  was_verdict    TEXT,
  became_verdict TEXT,
  PRIMARY KEY (configuration, step, position)
) STRICT, WITHOUT ROWID;

-- Times before which a service wants no request with a credential, for all
-- configurations. The fingerprint is made of origin and credential with the key.
CREATE TABLE cooldowns (
  fingerprint BLOB NOT NULL PRIMARY KEY,
  until       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: the key of the fingerprints, a number that grows with each decision,
-- and the time up to which profiles were forgotten that nobody has any more.
CREATE TABLE meta (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  cooldown_key BLOB NOT NULL,
  decisions    INTEGER NOT NULL DEFAULT 0,
  forgotten_at INTEGER
) STRICT;

CREATE TABLE profiles (
  id            INTEGER PRIMARY KEY,
  configuration TEXT NOT NULL,
  name          TEXT NOT NULL,
  endpoint      TEXT NOT NULL,
  seen_at       INTEGER NOT NULL, -- when it was last in the configuration or checked
  UNIQUE (configuration, name, endpoint)
) STRICT;

-- The last check of each profile, and what is known beside the account.
CREATE TABLE snapshots (
  profile       INTEGER PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
  state         TEXT NOT NULL,
  http_status   INTEGER,
  code          TEXT,
  description   TEXT,
  explanation   TEXT,
  remedy        TEXT,
  action        TEXT, -- what rollcall can do of the remedy
  command       TEXT, -- the line of a shell that the action copies
  sign_in       INTEGER,
  end_claimed   INTEGER, -- when a refused token ended by its own word
  wanted        TEXT,
  checked_at    INTEGER,
  latency       INTEGER,
  attempts      INTEGER,
  retry_at      INTEGER,
  last_ok_at    INTEGER,
  since         INTEGER,
  verdict       TEXT,
  verdict_at    INTEGER,
  verdict_since INTEGER,
  unasked_since INTEGER,
  account_at    INTEGER,
  details_at    INTEGER,
  account_hash  INTEGER, -- of the rows of the account, to leave them alone where they are the same
  lists_hash    INTEGER, -- likewise, of the budgets but the nearest and of the notes
  thinned_at    INTEGER, -- up to when the checks were thinned out
  -- The budget of requests that is nearest to its end.
  budget        TEXT,
  "limit"       INTEGER,
  remaining     INTEGER,
  reset_at      INTEGER,
  limit_source  TEXT
) STRICT;

-- The other budgets, the next nearest to its end first.
CREATE TABLE other_limits (
  profile   INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  budget    TEXT,
  "limit"   INTEGER,
  remaining INTEGER,
  reset_at  INTEGER,
  source    TEXT,
  PRIMARY KEY (profile, position)
) STRICT, WITHOUT ROWID;

-- What works but should be corrected, and what of an account is not all there.
CREATE TABLE notes (
  profile  INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  of       TEXT NOT NULL, -- check or details
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  about    TEXT,
  what     TEXT,
  count    INTEGER,
  total    INTEGER,
  scope    TEXT,
  cause    TEXT,
  remedy   TEXT,
  PRIMARY KEY (profile, of, position)
) STRICT, WITHOUT ROWID;

-- Without a user and the time in snapshots.account_at, it is what a token says of
-- itself that the service judged without naming a user.
CREATE TABLE accounts (
  profile            INTEGER PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
  user               TEXT NOT NULL,
  full_name          TEXT,
  first_name         TEXT,
  last_name          TEXT,
  username           TEXT,
  emails             TEXT,
  avatar_url         TEXT,
  url                TEXT,
  created_at         INTEGER,
  basic_auth_enabled INTEGER,
  has_organizations  INTEGER NOT NULL, -- 0 where the service told neither of any, nor that there are none
  token              TEXT,
  token_name         TEXT,
  token_kind         TEXT,
  expiry             TEXT, -- date, never or unknown
  expires_at         INTEGER,
  expiry_source      TEXT,
  scopes             TEXT,
  networks           TEXT
) STRICT;

CREATE TABLE organizations (
  profile    INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT,
  sub_domain TEXT,
  kind       TEXT,
  role       TEXT,
  access     TEXT,
  url        TEXT,
  PRIMARY KEY (profile, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE linked_accounts (
  profile      INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  idp          TEXT NOT NULL,
  subject      TEXT NOT NULL,
  full_name    TEXT,
  username     TEXT,
  emails       TEXT,
  entitlements TEXT,
  custom       TEXT,
  PRIMARY KEY (profile, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE caveats (
  profile  INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  "values" TEXT,
  more     INTEGER,
  negated  INTEGER,
  at       INTEGER,
  text     TEXT,
  PRIMARY KEY (profile, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
  profile  INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  source   TEXT,
  PRIMARY KEY (profile, position)
) STRICT, WITHOUT ROWID;

-- Every check of two days; before that one an hour and one for each change of
-- state.
CREATE TABLE checks (
  profile     INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  at          INTEGER NOT NULL,
  state       TEXT NOT NULL,
  http_status INTEGER,
  latency     INTEGER,
  code        TEXT,
  dns         INTEGER,
  connect     INTEGER,
  tls         INTEGER,
  first_byte  INTEGER,
  remaining   INTEGER,
  PRIMARY KEY (profile, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX checks_at ON checks (at);

-- What changed between two checks. Which columns of a value are set depends on
-- the kind.
CREATE TABLE changes (
  profile      INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  at           INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  what         TEXT,
  was_name     TEXT,
  was_id       TEXT,
  was_state    TEXT,
  was_ends     TEXT,
  was_at       INTEGER,
  was_networks TEXT,
  is_name      TEXT,
  is_id        TEXT,
  is_state     TEXT,
  is_ends      TEXT,
  is_at        INTEGER,
  is_networks  TEXT,
  PRIMARY KEY (profile, at, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_at ON changes (at);

-- For people with a shell of SQLite at hand.

CREATE VIEW tokens AS
SELECT p.configuration, p.name AS profile, s.state, a.token_name AS token, a.user,
       datetime(a.expires_at / 1000, 'unixepoch') AS ends, a.scopes
FROM profiles p JOIN snapshots s ON s.profile = p.id LEFT JOIN accounts a ON a.profile = p.id;

CREATE VIEW history AS
SELECT p.configuration, p.name AS profile, datetime(c.at / 1000, 'unixepoch') AS time,
       c.state, c.http_status, c.code, c.latency / 1000 AS milliseconds
FROM checks c JOIN profiles p ON p.id = c.profile;

-- Below is what later versions of the schema have added, in their order, so that
-- what stands above lies in the same pages of each database.

-- How a person has arranged the screen. It is neither an answer nor a decision.
CREATE TABLE arrangement (
  configuration TEXT NOT NULL,
  part          TEXT NOT NULL, -- such as sort
  value         TEXT NOT NULL,
  PRIMARY KEY (configuration, part)
) STRICT, WITHOUT ROWID;

-- Where else than to its own origin the credential of a profile goes, as its service
-- itself has named the place. It is a decision, like a pin.
CREATE TABLE places (
  configuration TEXT NOT NULL,
  profile       TEXT NOT NULL,
  endpoint      TEXT NOT NULL,
  address       TEXT NOT NULL,
  PRIMARY KEY (configuration, profile, endpoint)
) STRICT, WITHOUT ROWID;

-- How far the rotations have come that a person has begun: a profile a row. They are
-- decisions, too. No secret is here.
CREATE TABLE rotations (
  configuration TEXT NOT NULL,
  profile       TEXT NOT NULL,
  position      INTEGER NOT NULL,
  step          TEXT NOT NULL, -- the next one (page, paste, restart, old), or done, or skipped
  begun         INTEGER NOT NULL,
  written       INTEGER, -- when the new secret took its place
  refused       INTEGER, -- 1 where the service has refused the old one
  PRIMARY KEY (configuration, profile)
) STRICT, WITHOUT ROWID;

-- Where secrets are that were replaced and are kept for undo, so that they can be
-- deleted in time. They themselves are in a keyring or a file, never here.
CREATE TABLE formers (
  configuration TEXT NOT NULL,
  source        TEXT NOT NULL, -- keyring or file
  place         TEXT NOT NULL,
  profile       TEXT NOT NULL,
  kept          INTEGER NOT NULL, -- since when
  watched       INTEGER NOT NULL, -- 1 where the service is asked whether it takes the secret still
  asked         INTEGER,
  PRIMARY KEY (configuration, source, place)
) STRICT, WITHOUT ROWID;

-- How many elements a service told of in each list of which only the first are kept.
CREATE TABLE totals (
  profile INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  list    TEXT NOT NULL, -- such as organizations
  total   INTEGER NOT NULL,
  PRIMARY KEY (profile, list)
) STRICT, WITHOUT ROWID;

-- What the hooks of a configuration were told of, so that each event is told once by
-- all rollcalls: how each profile stood when that was last learned.
CREATE TABLE told (
  profile      INTEGER PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
  urgency      TEXT,
  urgency_at   INTEGER,
  urgency_told INTEGER -- 1 where somebody has told it
) STRICT;

-- Likewise, the last change of each part of an account, such as "organization", of a
-- token or of a state. An empty text is nothing: what was added was empty before.
CREATE TABLE told_changes (
  profile INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
  part    TEXT NOT NULL,
  was     TEXT NOT NULL,
  became  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (profile, part)
) STRICT, WITHOUT ROWID;

-- Likewise, when a fault that profiles have in common was last found at an origin.
CREATE TABLE told_incidents (
  configuration TEXT NOT NULL,
  origin        TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (configuration, origin)
) STRICT, WITHOUT ROWID;

-- The transparency log over all events: a Merkle tree in tiles, and the checkpoints signed over it.

-- Up to 256 hashes of 32 bytes side by side. A tile grows at its end until it is full (ledger.seal sees to that).
create table ledger.log_tile (
    level  smallint not null check (level between 0 and 7),
    index  bigint   not null check (index >= 0),
    width  smallint not null generated always as (length(hashes) / 32) stored,
    hashes bytea    not null check (length(hashes) % 32 = 0 and length(hashes) between 32 and 8192),
    -- one tile: where level = … and index = …; the tiles of a level in order
    primary key (level, index)
);
-- Hashes do not compress.
alter table ledger.log_tile alter column hashes set storage external;

-- What was signed; note is the whole text with its signature.
create table ledger.log_checkpoint (
    -- the last one: order by size desc limit 1; all in order
    size      bigint      primary key check (size > 0),
    root      bytea       not null check (length(root) = 32),
    signed_at timestamptz not null,
    note      text        not null
);

grant select on ledger.log_tile, ledger.log_checkpoint to grandlivre_app;

-- The position of an event by its id: where event_id = …. Ids grow with time, so that a few bytes for many pages
-- suffice; a btree would make every append dearer.
create index event_event_id on ledger.event using brin (event_id uuid_minmax_multi_ops)
    with (pages_per_range = 32, autosummarize = on);

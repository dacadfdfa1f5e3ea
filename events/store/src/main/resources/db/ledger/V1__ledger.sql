-- The ledger: one row an event, one row a stream, one row a command, and the row that orders all writers.

-- Members may read the ledger and append to it through ledger.append; nothing else. Logins are granted this role.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'grandlivre_app') then
        create role grandlivre_app nologin;
    end if;
exception
    -- Two databases of one server may be migrated at the same moment; roles belong to the server.
    when duplicate_object or unique_violation then null;
end
$$;

revoke all on schema ledger from public;
grant usage on schema ledger to grandlivre_app;

-- The last position given and the last time recorded. Whoever appends holds the lock of this row until commit: so
-- positions are dense, follow the order of commits, and recorded_at never goes back.
create table ledger.ledger_head (
    only_row    boolean     primary key default true check (only_row),
    position    bigint      not null check (position >= 0),
    recorded_at timestamptz not null
) with (fillfactor = 10);
insert into ledger.ledger_head (position, recorded_at) values (0, '-infinity');

-- Wire names and versions, written once: an event row names its type in two bytes.
create table ledger.event_type (
    id      smallint primary key generated always as identity,
    name    text     not null,
    version int      not null check (version >= 1),
    unique (name, version)
);

-- metadata and payload are the bytes that were hashed. Columns stand by alignment, so that a row has no padding.
create table ledger.event (
    position    bigint      not null,
    recorded_at timestamptz not null,
    seq         int         not null,
    type        smallint    not null,
    stream      uuid        not null,
    event_id    uuid        not null,
    metadata    bytea       not null,
    payload     bytea       not null,
    -- pages and single events: where position = … / between … and …
    primary key (position)
) partition by range (position);
-- one stream in order: where stream = … order by position. (stream, seq) is unique because ledger.append says so.
create index event_stream on ledger.event (stream, position);

-- Which partitions exist; filled by ledger.prepare_partitions.
create table ledger.event_partition (
    first_position bigint primary key,
    end_position   bigint not null check (end_position > first_position),
    name           text   not null unique
);

-- Who arbitrates between writers, and where a stream begins and ends (its partitions). Updates stay in the page.
create table ledger.stream_head (
    first_position bigint not null,
    last_position  bigint not null,
    seq            int    not null,
    stream         uuid   primary key
) with (fillfactor = 70);

-- One row a command: what was answered, for a caller who asks again. Kept for 30 days (ledger.purge_receipts).
create table ledger.command_receipt (
    first_position bigint not null,
    last_position  bigint not null,
    command_id     uuid   primary key,
    fingerprint    bytea  not null
);
-- receipts below a position: where first_position < …; rows arrive in that order, so a few pages of index suffice
create index command_receipt_age on ledger.command_receipt using brin (first_position);

grant select on all tables in schema ledger to grandlivre_app;

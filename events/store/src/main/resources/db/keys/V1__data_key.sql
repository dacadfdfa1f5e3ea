-- Keys of personal data: deleting a row erases what it sealed. In a schema, a role and a backup class of its own.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'grandlivre_keys') then
        create role grandlivre_keys nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

revoke all on schema keys from public;
grant usage on schema keys to grandlivre_keys;

create table keys.data_key (
    kid        uuid        primary key,
    person     uuid        not null,
    class      text        not null,
    -- 12-byte IV, 32-byte key under the key-encryption key, 16-byte tag
    wrapped    bytea       not null check (octet_length(wrapped) = 60),
    kek_id     text        not null,
    created_at timestamptz not null,
    -- the key of a person and class: where person = … and class = …
    unique (person, class)
);

grant select, insert, update, delete on keys.data_key to grandlivre_keys;

-- Adds tiles and the checkpoint signed over them. Tiles only grow: whoever holds a hash finds it in its place for ever.
-- Of the checkpoints of a minute, the first stays, and the last one of all.
create or replace function ledger.seal(
    p_from      bigint,
    p_size      bigint,
    p_root      bytea,
    p_signed_at timestamptz,
    p_note      text,
    t_level     smallint[],
    t_index     bigint[],
    t_hashes    bytea[]) returns void
    language plpgsql
    security definer
    set search_path = ledger, pg_temp
as
$$
declare
    v_done int;
begin
    if p_from <> coalesce((select max(c.size) from log_checkpoint c), 0)
        or p_size <= p_from or p_size > (select h.position from ledger_head h) then
        raise exception 'the log does not grow from % to %', p_from, p_size using errcode = 'GL002';
    end if;

    insert into log_tile as t (level, index, hashes)
    select n.level, n.index, n.hashes from unnest(t_level, t_index, t_hashes) as n (level, index, hashes)
    on conflict (level, index) do update set hashes = excluded.hashes
    where length(t.hashes) < length(excluded.hashes)
        and substr(excluded.hashes, 1, length(t.hashes)) = t.hashes;
    get diagnostics v_done = row_count;
    if v_done <> cardinality(t_level) then
        raise exception 'a tile would be rewritten' using errcode = 'GL002';
    end if;

    insert into log_checkpoint (size, root, signed_at, note) values (p_size, p_root, p_signed_at, p_note);
    delete from log_checkpoint c
    where c.size = p_from and c.signed_at - interval '1 minute' <
        (select b.signed_at from log_checkpoint b where b.size < p_from order by b.size desc limit 1);
end
$$;

revoke all on function ledger.seal from public;
grant execute on function ledger.seal to grandlivre_app;

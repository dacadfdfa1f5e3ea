-- The largest position whose recorded_at is not after p_time; 0 when there is none. recorded_at never goes back along
-- positions, so that halving finds it without an index on time.
create or replace function ledger.position_at(p_time timestamptz) returns bigint
    language plpgsql
    stable
    security definer
    set search_path = ledger, pg_temp
    set enable_seqscan = off
as
$$
declare
    v_low    bigint := 0;
    v_high   bigint;
    v_middle bigint;
begin
    select position into v_high from ledger_head;
    while v_low < v_high loop
        v_middle := (v_low + v_high + 1) / 2;
        if (select e.recorded_at from event e where e.position = v_middle) <= p_time then
            v_low := v_middle;
        else
            v_high := v_middle - 1;
        end if;
    end loop;
    return v_low;
end
$$;

revoke all on function ledger.position_at from public;
grant execute on function ledger.position_at to grandlivre_app;

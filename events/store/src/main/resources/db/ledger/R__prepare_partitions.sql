-- Makes partitions of p_size positions each until more than p_ahead positions are free after the head.
-- Returns the first position that no partition covers.
create or replace function ledger.prepare_partitions(p_size bigint, p_ahead bigint) returns bigint
    language plpgsql
    security definer
    set search_path = ledger, pg_temp
as
$$
declare
    v_head bigint;
    v_end  bigint;
    v_name text;
begin
    perform pg_advisory_xact_lock(hashtext('ledger.prepare_partitions'));
    select position into v_head from ledger_head;
    select coalesce(max(end_position), 1) into v_end from event_partition;
    while v_end - v_head - 1 <= p_ahead loop
        v_name := 'event_from_' || v_end;
        -- Attaching blocks neither readers nor writers; "create … partition of" would wait for both.
        execute format('create table %I (like event including defaults including constraints)', v_name);
        execute format('alter table event attach partition %I for values from (%s) to (%s)', v_name, v_end, v_end + p_size);
        insert into event_partition (first_position, end_position, name) values (v_end, v_end + p_size, v_name);
        v_end := v_end + p_size;
    end loop;
    return v_end;
end
$$;

revoke all on function ledger.prepare_partitions from public;
grant execute on function ledger.prepare_partitions to grandlivre_app;

-- The id of a wire name and version; given at first use.
create or replace function ledger.event_type_id(p_name text, p_version int) returns smallint
    language plpgsql
    security definer
    set search_path = ledger, pg_temp
as
$$
declare
    v_id smallint;
begin
    select t.id into v_id from event_type t where t.name = p_name and t.version = p_version;
    if v_id is null then
        -- Two processes may meet a new type at once: the second waits here and finds the first one's row.
        insert into event_type (name, version) values (p_name, p_version) on conflict (name, version) do nothing;
        select t.id into strict v_id from event_type t where t.name = p_name and t.version = p_version;
    end if;
    return v_id;
end
$$;

revoke all on function ledger.event_type_id from public;
grant execute on function ledger.event_type_id to grandlivre_app;

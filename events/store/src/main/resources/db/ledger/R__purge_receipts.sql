-- Deletes receipts of commands recorded before p_before, at most p_limit. Returns how many were deleted.
create or replace function ledger.purge_receipts(p_before timestamptz, p_limit int) returns int
    language plpgsql
    security definer
    set search_path = ledger, pg_temp
as
$$
declare
    v_below bigint := position_at(p_before);
    v_done  int;
begin
    delete from command_receipt
    where ctid = any (array(select ctid from command_receipt where first_position <= v_below limit p_limit));
    get diagnostics v_done = row_count;
    return v_done;
end
$$;

revoke all on function ledger.purge_receipts from public;
grant execute on function ledger.purge_receipts to grandlivre_app;

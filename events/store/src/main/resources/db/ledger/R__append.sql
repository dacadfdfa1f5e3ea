-- Appends a batch of commands in one call, in the caller's transaction.
--
-- Arrays that begin with c_ have one element a command, s_ one a stream of a command, e_ one an event. Offsets count
-- events from 1 in the order of the e_ arrays. A stream and a command id stand at most once.
--
-- All accepted (the usual case): statuses is null, event i has position first_position + i - 1. Otherwise statuses has
-- one element a command: 0 accepted, 1 conflict (a stream is not where the command expected it), 2 recorded before,
-- 3 recorded before with another fingerprint; accepted commands stand in their order and without gap from
-- first_position on; for 2 and 3 the receipt_ arrays say where the first outcome stands.
--
-- No joins that may choose a plan: while tables are empty, a plan is made that is ruinous a minute later. The writer's
-- session rules out such plans (LedgerWriter); set here, each setting would be changed and restored at every call.
create or replace function ledger.append(
    p_now         timestamptz,
    c_id          uuid[],
    c_fingerprint bytea[],
    c_first       int[],
    c_last        int[],
    s_command     int[],
    s_stream      uuid[],
    s_first_seq   int[],
    s_first       int[],
    s_last        int[],
    e_command     int[],
    e_stream      uuid[],
    e_seq         int[],
    e_type        smallint[],
    e_id          uuid[],
    e_metadata    bytea[],
    e_payload     bytea[],
    out first_position bigint,
    out recorded_at    timestamptz,
    out statuses       smallint[],
    out receipt_first  bigint[],
    out receipt_last   bigint[])
    language plpgsql
    security definer
    set search_path = ledger, pg_temp
as
$$
#variable_conflict use_column
declare
    v_base  bigint;
    v_time  timestamptz;
    v_done  int;
    v_all   int;
    v_shift int[];
    v_first bigint;
    v_last  bigint;
begin
    -- One update locks the row and takes the positions; what losers do not need is given back below.
    update ledger_head h
    set position = h.position + cardinality(e_id), recorded_at = greatest(p_now, h.recorded_at)
    where h.only_row
    returning h.position - cardinality(e_id), h.recorded_at into v_base, v_time;

    loop
        v_all := cardinality(c_id) + cardinality(s_stream);
        begin
            insert into command_receipt (first_position, last_position, command_id, fingerprint)
            select v_base + c.first, v_base + c.last, c.id, c.fingerprint
            from unnest(c_id, c_fingerprint, c_first, c_last) as c (id, fingerprint, first, last)
            on conflict (command_id) do nothing;
            get diagnostics v_done = row_count;
            v_all := v_all - v_done;

            insert into stream_head (first_position, last_position, seq, stream)
            select v_base + s.first, v_base + s.last, s.last - s.first, s.stream
            from unnest(s_stream, s_first_seq, s_first, s_last) as s (stream, first_seq, first, last)
            where s.first_seq = 0
            on conflict (stream) do nothing;
            get diagnostics v_done = row_count;
            v_all := v_all - v_done;

            if v_all > 0 then
                update stream_head h
                set last_position = v_base + s.last, seq = s.first_seq + s.last - s.first
                from unnest(s_stream, s_first_seq, s_first, s_last) as s (stream, first_seq, first, last)
                where s.first_seq > 0 and h.stream = s.stream and h.seq = s.first_seq - 1;
                get diagnostics v_done = row_count;
                v_all := v_all - v_done;
            end if;

            if v_all = 0 then
                insert into event (position, recorded_at, seq, type, stream, event_id, metadata, payload)
                select v_base + e.place, v_time, e.seq, e.type, e.stream, e.id, e.metadata, e.payload
                from unnest(e_stream, e_seq, e_type, e_id, e_metadata, e_payload)
                    with ordinality as e (stream, seq, type, id, metadata, payload, place);
                exit;
            end if;
            -- Somebody lost: undo this attempt, find out who, and append the others.
            raise exception using errcode = 'GL001';
        exception
            when sqlstate 'GL001' then null;
        end;

        if statuses is not null or cardinality(c_id) = 0 then
            raise exception 'a stream or a command id stands twice in one batch';
        end if;
        statuses := array_fill(0::smallint, array[cardinality(c_id)]);
        receipt_first := array_fill(null::bigint, array[cardinality(c_id)]);
        receipt_last := receipt_first;
        for i in 1 .. cardinality(s_stream) loop
            if coalesce((select h.seq from stream_head h where h.stream = s_stream[i]), -1) <> s_first_seq[i] - 1 then
                statuses[s_command[i]] := 1;
            end if;
        end loop;
        for i in 1 .. cardinality(c_id) loop
            select case when r.fingerprint = c_fingerprint[i] then 2 else 3 end, r.first_position, r.last_position
            into v_done, v_first, v_last
            from command_receipt r where r.command_id = c_id[i];
            if found then
                statuses[i] := v_done;
                receipt_first[i] := v_first;
                receipt_last[i] := v_last;
            end if;
        end loop;

        -- Accepted commands move up by the events of the losers before them.
        select array_agg(shift order by place) into v_shift
        from (select coalesce(sum(case when statuses[place] <> 0 then last - first + 1 end)
                              over (order by place rows between unbounded preceding and 1 preceding), 0)::int as shift,
                     place
              from unnest(c_first, c_last) with ordinality as c (first, last, place)) as moved;
        select coalesce(array_agg(stream order by place), '{}'), coalesce(array_agg(seq order by place), '{}'),
               coalesce(array_agg(type order by place), '{}'), coalesce(array_agg(id order by place), '{}'),
               coalesce(array_agg(metadata order by place), '{}'), coalesce(array_agg(payload order by place), '{}')
        into e_stream, e_seq, e_type, e_id, e_metadata, e_payload
        from unnest(e_command, e_stream, e_seq, e_type, e_id, e_metadata, e_payload)
            with ordinality as e (command, stream, seq, type, id, metadata, payload, place)
        where statuses[command] = 0;
        select coalesce(array_agg(stream order by place), '{}'), coalesce(array_agg(first_seq order by place), '{}'),
               coalesce(array_agg(first - v_shift[command] order by place), '{}'),
               coalesce(array_agg(last - v_shift[command] order by place), '{}')
        into s_stream, s_first_seq, s_first, s_last
        from unnest(s_command, s_stream, s_first_seq, s_first, s_last)
            with ordinality as s (command, stream, first_seq, first, last, place)
        where statuses[command] = 0;
        select coalesce(array_agg(id order by place), '{}'), coalesce(array_agg(fingerprint order by place), '{}'),
               coalesce(array_agg(first - v_shift[place] order by place), '{}'),
               coalesce(array_agg(last - v_shift[place] order by place), '{}')
        into c_id, c_fingerprint, c_first, c_last
        from unnest(c_id, c_fingerprint, c_first, c_last) with ordinality as c (id, fingerprint, first, last, place)
        where statuses[place] = 0;
    end loop;

    if statuses is not null then
        update ledger_head h set position = v_base + cardinality(e_id) where h.only_row;
    end if;
    first_position := v_base + 1;
    recorded_at := v_time;
end
$$;

revoke all on function ledger.append from public;
grant execute on function ledger.append to grandlivre_app;

package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.ChaosOptions.Plant;
import java.io.IOException;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.sql.SQLException;
import java.util.Optional;

/** Makes something wrong on purpose in an installation, from outside: as the owner of its database, or in its code. */
final class Plants {
    private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
    private static final ClassDesc REQUESTS =
            ClassDesc.of("org.springframework.web.context.request.RequestContextHolder");
    private static final ClassDesc ATTRIBUTES =
            ClassDesc.of("org.springframework.web.context.request.RequestAttributes");
    private static final ClassDesc SERVLET_ATTRIBUTES =
            ClassDesc.of("org.springframework.web.context.request.ServletRequestAttributes");
    private static final ClassDesc REQUEST = ClassDesc.of("jakarta.servlet.http.HttpServletRequest");

    private Plants() {}

    /** @return how the code of a node is another one; empty when the fault is not in its code */
    static Optional<Patch> inCode(Plant plant) {
        return switch (plant) {
            case NO_RATE_LIMIT ->
                Optional.of(Patch.instead(
                        "fr.grandlivre.api.request.RateLimit",
                        "take",
                        "(Ljava/lang/String;Ljakarta/servlet/http/HttpServletResponse;)V",
                        CodeBuilder::return_));
            case CELLS_AS_TYPED ->
                Optional.of(Patch.instead(
                        "fr.grandlivre.api.request.CsvFile",
                        "typed",
                        "(Ljava/lang/String;)Ljava/lang/String;",
                        code -> code.aload(0).areturn()));
            case CLIENT_CLOCK ->
                Optional.of(Patch.before(
                        "fr.grandlivre.command.ServerClock", "now", "()Ljava/time/Instant;", Plants::clientsTime));
            case EFFECT_IN_PROJECTION ->
                Optional.of(Patch.before(
                        "fr.grandlivre.query.profile.ProfileProjection",
                        "apply",
                        "(Ljava/util/List;Lfr/grandlivre/query/ViewSchema;)V",
                        code -> code.aload(1)
                                .invokestatic(
                                        ClassDesc.of(Mails.class.getName()),
                                        "send",
                                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_List))));
            case NO_PURGE ->
                Optional.of(Patch.instead(
                        "fr.grandlivre.query.PersonalColumns",
                        "blank",
                        "(Ljava/util/List;Lfr/grandlivre/events/privacy/ErasureEvent$PersonErased;J"
                                + "Lfr/grandlivre/query/Writes;)V",
                        CodeBuilder::return_));
            case NO_READ_JOURNAL ->
                Optional.of(Patch.instead(
                        "fr.grandlivre.api.privacy.Accesses",
                        "send",
                        "(Lfr/grandlivre/command/privacy/AccessCommand$RecordAccess;)V",
                        CodeBuilder::return_));
            case SYNCHRONOUS_COMMIT_OFF,
                    FSYNC_OFF,
                    ROWS_APART,
                    NO_RECEIPTS,
                    NO_ARBITER,
                    HOLE,
                    SKIPPED_LEAF,
                    ASYNCHRONOUS_STANDBY -> Optional.empty();
        };
    }

    /** It is what the header {@code Date} of the request under way says; without one the server's clock is asked. */
    private static void clientsTime(CodeBuilder code) {
        Label without = code.newLabel();
        code.invokestatic(REQUESTS, "getRequestAttributes", MethodTypeDesc.of(ATTRIBUTES))
                .instanceOf(SERVLET_ATTRIBUTES)
                .ifeq(without);
        code.invokestatic(REQUESTS, "getRequestAttributes", MethodTypeDesc.of(ATTRIBUTES))
                .checkcast(SERVLET_ATTRIBUTES)
                .invokevirtual(SERVLET_ATTRIBUTES, "getRequest", MethodTypeDesc.of(REQUEST))
                .ldc("Date")
                .invokeinterface(
                        REQUEST, "getDateHeader", MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_String))
                .lstore(1);
        code.lload(1).lconst_0().lcmp().ifle(without);
        code.lload(1)
                .invokestatic(INSTANT, "ofEpochMilli", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long))
                .areturn();
        code.labelBinding(without);
    }

    /** After the nodes have looked at their database and found it sound. */
    static void atStart(Plant plant, Database database) throws IOException, SQLException {
        switch (plant) {
            case SYNCHRONOUS_COMMIT_OFF -> {
                // The link says so in the writer's name; the log shall not be flushed by chance.
                database.execute("alter system set wal_writer_delay = '10s'");
                database.execute("select pg_reload_conf()");
            }
            case FSYNC_OFF -> {
                database.set("fsync", "off");
                database.close();
                database.start();
            }
            case ROWS_APART -> {
                database.execute("""
                    create function public.forgetful() returns trigger language plpgsql as
                    $$ begin return case when random() < 0.1 then null else new end; end $$\
                    """);
                database.execute("create trigger forgetful before insert or update on profile.competence"
                        + " for each row execute function public.forgetful()");
            }
            case NO_RECEIPTS -> {
                database.execute("""
                    create function ledger.forget() returns trigger language plpgsql as
                    $$ begin delete from ledger.command_receipt; return null; end $$\
                    """);
                database.execute("create trigger forget after insert on ledger.command_receipt"
                        + " for each statement execute function ledger.forget()");
            }
            case NO_ARBITER -> database.execute("alter table ledger.stream_head drop constraint stream_head_pkey");
            case HOLE -> database.execute("""
                do $$ begin
                  execute replace(pg_get_functiondef('ledger.append'::regproc),
                    'set position = h.position + cardinality(e_id)',
                    'set position = h.position + cardinality(e_id) + (random() < 0.05)::int');
                end $$\
                """);
            case SKIPPED_LEAF, ASYNCHRONOUS_STANDBY -> {
                // The first is done at the end, the other by the way in which the standby follows.
            }
            case NO_RATE_LIMIT, CELLS_AS_TYPED, CLIENT_CLOCK, EFFECT_IN_PROJECTION, NO_PURGE, NO_READ_JOURNAL -> {
                // They are in the nodes' code from their start.
            }
        }
    }

    /** After the load and before anybody looks. */
    static void atEnd(Plant plant, Database database) throws IOException, SQLException {
        switch (plant) {
            // Those who look refuse a server that may lose commits; what is lost is lost.
            case FSYNC_OFF -> {
                database.set("fsync", "on");
                database.close();
                database.start();
            }
            // The tree goes on as if the third event had never been there.
            case SKIPPED_LEAF ->
                database.execute("update ledger.log_tile set hashes = overlay(hashes placing ''::bytea from 65 for 32)"
                        + " where level = 0 and index = 0");
            default -> {
                // It does its work without help.
            }
        }
    }
}

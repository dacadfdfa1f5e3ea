package fr.grandlivre.api.wiring;

import fr.grandlivre.api.wiring.DatabaseWiring.LedgerReady;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.campaign.WhenTargetAnsweredThenCompleteParticipation;
import fr.grandlivre.command.certificate.WhenJuryActConfirmedThenAmendCertificates;
import fr.grandlivre.command.certificate.WhenResultsPublishedThenIssueCertificates;
import fr.grandlivre.command.evaluation.WhenAccountsMergedThenAbsorbHistories;
import fr.grandlivre.command.evaluation.WhenAccountsMergedThenMoveTutorials;
import fr.grandlivre.command.school.WhenAccountsMergedThenTakeOverPlaces;
import fr.grandlivre.command.session.WhenSessionFinalisedThenScoreExams;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.audit.HistoryQueries;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.query.audit.Recount;
import fr.grandlivre.query.audit.TieProjection;
import fr.grandlivre.query.campaign.CampaignProjection;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.certificate.CertificateOrigins;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.DocumentProjection;
import fr.grandlivre.query.certificate.DocumentQueries;
import fr.grandlivre.query.certificate.KeptDocuments;
import fr.grandlivre.query.evaluation.EvaluationProjection;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.identity.IdentityQueries;
import fr.grandlivre.query.identity.MergeQueries;
import fr.grandlivre.query.identity.PartnerQueries;
import fr.grandlivre.query.identity.SignInQueries;
import fr.grandlivre.query.identity.StaffQueries;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.live.ProjectionInvoker;
import fr.grandlivre.query.live.Retries;
import fr.grandlivre.query.privacy.AccessLog;
import fr.grandlivre.query.privacy.AccessProjection;
import fr.grandlivre.query.privacy.AccessQueries;
import fr.grandlivre.query.privacy.ErasureProjection;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.privacy.OwnEvents;
import fr.grandlivre.query.privacy.ResidualScan;
import fr.grandlivre.query.profile.ProfileProjection;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.replay.JobNotes;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.query.schoolreport.ExportQueries;
import fr.grandlivre.query.schoolreport.SchoolReportProjection;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.session.SessionProjection;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.verification.RememberedCertificates;
import fr.grandlivre.query.verification.VerificationProjection;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.axon.LedgerEventStore;
import fr.grandlivre.store.keys.KeyVault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The views, who keeps them, and who reads them. */
@Configuration(proxyBeanMethods = false)
class ViewWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ViewWiring.class);
    private static final String PROCESSING = "processing";

    @Bean
    Frameworks frameworks() {
        return Frameworks.shipped();
    }

    @Bean
    Projection profileProjection(Frameworks frameworks, LedgerReader reader, EventCodec codec) {
        return new ProfileProjection(frameworks, reader, codec);
    }

    @Bean
    Projection evaluationProjection() {
        return new EvaluationProjection();
    }

    @Bean
    Projection verificationProjection() {
        return new VerificationProjection();
    }

    @Bean
    Projection sessionProjection() {
        return new SessionProjection();
    }

    @Bean
    Projection schoolReportProjection() {
        return new SchoolReportProjection();
    }

    @Bean
    Projection accessProjection() {
        return new AccessProjection();
    }

    @Bean
    Projection erasureProjection() {
        return new ErasureProjection();
    }

    @Bean
    Projection campaignProjection(Frameworks frameworks, LedgerReader reader, EventCodec codec) {
        return new CampaignProjection(frameworks, reader, codec);
    }

    @Bean
    Projection documentProjection() {
        return new DocumentProjection();
    }

    @Bean
    Projection tieProjection() {
        return new TieProjection();
    }

    @Bean
    TransactionManager axonTransactions(JdbcTransactionManager transactions, DataSource dataSource) {
        TransactionManager axon = new SpringTransactionManager(transactions);
        TransactionCheck.real(axon, dataSource);
        return axon;
    }

    /** Tokens are written through the connection of the batch's transaction, so that rows and token commit together. */
    @Bean
    TokenStore tokenStore(DataSource dataSource, TransactionManager transactions) {
        JdbcTokenStore tokens = JdbcTokenStore.builder()
                .connectionProvider(new TransactionAwareDataSourceProxy(dataSource)::getConnection)
                .serializer(JacksonSerializer.defaultSerializer())
                .schema(TokenSchema.builder()
                        .setTokenTable(PROCESSING + ".token")
                        .build())
                .build();
        transactions.executeInTransaction(() -> {
            JdbcTemplate sql = new JdbcTemplate(dataSource);
            sql.execute("CREATE SCHEMA IF NOT EXISTS " + PROCESSING);
            tokens.createSchema(PostgresTokenTableFactory.INSTANCE);
        });
        return tokens;
    }

    @Bean
    DeadLetters deadLetters(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock, LedgerReady checkedFirst) {
        DeadLetters letters = new DeadLetters(jdbc, clock);
        transaction.executeWithoutResult(_ -> letters.create());
        return letters;
    }

    @Bean
    Retries retries(LedgerReader reader, DeadLetters letters, JdbcTemplate jdbc, TransactionTemplate transaction) {
        return new Retries(reader, letters, jdbc, transaction);
    }

    @Bean
    ViewPositions viewPositions(JdbcTemplate jdbc) {
        return new ViewPositions(jdbc);
    }

    @Bean
    LiveProcessors liveProcessors(
            List<Projection> projections,
            LedgerEventStore events,
            TokenStore tokens,
            TransactionManager transactions,
            Rebuild rebuild,
            EventCodec codec,
            KeyVault vault,
            ViewPositions positions,
            JdbcTemplate jdbc,
            DeadLetters letters,
            Retries retries,
            MeterRegistry meters,
            Commands commands,
            LedgerHistory history,
            LedgerReader reader,
            Frameworks frameworks,
            SchoolReportQueries rosters) {
        LiveProcessors processors = new LiveProcessors(events, tokens, transactions, retries);
        for (Projection projection : projections) {
            if (rebuild.upToDate(projection, new RebuildLog())) {
                LOG.info("View {} is made for this release", projection.name());
            }
            ProjectionInvoker invoker = new ProjectionInvoker(projection, codec, vault, positions, letters, jdbc);
            processors.add(projection.name(), invoker);
            Gauge.builder("ledger.processor.count.difference", invoker, ProjectionInvoker::missing)
                    .tag("processor", projection.name())
                    .description("events of the ledger that the view was not shown; anything but 0 is a fault")
                    .register(meters);
        }
        var scoring = new WhenSessionFinalisedThenScoreExams(commands);
        processors.add(
                "score-exams",
                new PolicyInvoker<>(
                        "score-exams",
                        SessionFinalised.class,
                        (event, eventId, correlationId) ->
                                scoring.on(event, eventId, correlationId).values(),
                        codec,
                        vault,
                        letters));
        var issuing = new WhenResultsPublishedThenIssueCertificates(commands, history);
        processors.add(
                "issue-certificates",
                new PolicyInvoker<>(
                        "issue-certificates",
                        SessionPublished.class,
                        (event, eventId, correlationId) ->
                                issuing.on(event, eventId, correlationId).values(),
                        codec,
                        vault,
                        letters));
        var completing = new WhenTargetAnsweredThenCompleteParticipation(commands);
        processors.add(
                "complete-participations",
                new PolicyInvoker<>(
                        "complete-participations",
                        AnswerRecorded.class,
                        completing::on,
                        // Most answers are given outside campaigns: they are left alone before anything is decoded.
                        PolicyInvoker.naming("participation"),
                        codec,
                        null,
                        letters));
        processors.add(
                "complete-started-participations",
                new PolicyInvoker<>(
                        "complete-started-participations",
                        ParticipationStarted.class,
                        completing::on,
                        codec,
                        vault,
                        letters));
        var amending = new WhenJuryActConfirmedThenAmendCertificates(commands, history);
        processors.add(
                "amend-certificates",
                new PolicyInvoker<>(
                        "amend-certificates",
                        JuryActConfirmed.class,
                        (event, eventId, correlationId) -> List.of(amending.on(event, eventId, correlationId)),
                        codec,
                        vault,
                        letters));
        var absorbing = new WhenAccountsMergedThenAbsorbHistories(commands, frameworks);
        processors.add(
                "absorb-histories",
                new PolicyInvoker<>(
                        "absorb-histories", AccountsMerged.class, absorbing::on, _ -> true, codec, null, letters));
        var moving = new WhenAccountsMergedThenMoveTutorials(commands, history);
        processors.add(
                "move-tutorials",
                new PolicyInvoker<>(
                        "move-tutorials", AccountsMerged.class, moving::on, _ -> true, codec, null, letters));
        var takingOver = new WhenAccountsMergedThenTakeOverPlaces(
                commands, new ViewedPlaces(new CaughtUpRosters(reader, positions), rosters));
        processors.add(
                "take-over-places",
                new PolicyInvoker<>(
                        "take-over-places", AccountsMerged.class, takingOver::on, _ -> true, codec, null, letters));
        return processors;
    }

    @Bean
    JobNotes jobNotes(JdbcTemplate jdbc, TransactionTemplate transaction, LedgerReady checkedFirst) {
        JobNotes notes = new JobNotes(jdbc);
        transaction.executeWithoutResult(_ -> notes.create());
        return notes;
    }

    @Bean
    Rebuild rebuild(
            LedgerReader reader,
            EventCodec codec,
            KeyVault vault,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            DeadLetters letters) {
        return new Rebuild(reader, codec, vault, jdbc, transaction, letters);
    }

    @Bean
    ProfileQueries profileQueries(JdbcTemplate jdbc, LedgerReader reader, EventCodec codec, Frameworks frameworks) {
        return new ProfileQueries(jdbc, reader, codec, frameworks);
    }

    @Bean
    EvaluationQueries evaluationQueries(
            JdbcTemplate jdbc, LedgerReader reader, EventCodec codec, KeyVault vault, Frameworks frameworks) {
        return new EvaluationQueries(jdbc, reader, codec, vault, frameworks);
    }

    @Bean
    VerificationQueries verificationQueries(JdbcTemplate jdbc) {
        return new VerificationQueries(jdbc);
    }

    @Bean
    RememberedCertificates rememberedCertificates(VerificationQueries queries) {
        return new RememberedCertificates(queries);
    }

    @Bean
    AccessQueries accessQueries(JdbcTemplate jdbc) {
        return new AccessQueries(jdbc);
    }

    @Bean
    AccessLog accessLog(JdbcTemplate jdbc) {
        return new AccessLog(jdbc);
    }

    @Bean
    ErasureQueries erasureQueries(JdbcTemplate jdbc) {
        return new ErasureQueries(jdbc);
    }

    @Bean
    OwnEvents ownEvents(JdbcTemplate jdbc, Tenants tenants, LedgerReader reader, KeyVault vault) {
        return new OwnEvents(jdbc, tenants, reader, vault);
    }

    @Bean
    ResidualScan residualScan(JdbcTemplate jdbc, TransactionTemplate transaction, List<Projection> projections) {
        return new ResidualScan(jdbc, transaction, projections);
    }

    @Bean
    SessionQueries sessionQueries(JdbcTemplate jdbc, Tenants tenants) {
        return new SessionQueries(jdbc, tenants);
    }

    @Bean
    ExamQueries examQueries(LedgerReader reader, EventCodec codec) {
        return new ExamQueries(reader, codec);
    }

    @Bean
    JuryQueries juryQueries(LedgerReader reader, EventCodec codec, KeyVault vault, Frameworks frameworks) {
        return new JuryQueries(reader, codec, vault, frameworks);
    }

    @Bean
    CertificateQueries certificateQueries(LedgerReader reader, EventCodec codec, KeyVault vault) {
        return new CertificateQueries(reader, codec, vault);
    }

    @Bean
    CertificateOrigins certificateOrigins(LedgerReader reader, EventCodec codec) {
        return new CertificateOrigins(reader, codec);
    }

    @Bean
    DocumentQueries documentQueries(JdbcTemplate jdbc) {
        return new DocumentQueries(jdbc);
    }

    @Bean
    KeptDocuments keptDocuments(JdbcTemplate jdbc, KeyVault vault) {
        return new KeptDocuments(jdbc, vault);
    }

    @Bean
    SchoolReportQueries schoolReportQueries(JdbcTemplate jdbc, Tenants tenants) {
        return new SchoolReportQueries(jdbc, tenants);
    }

    @Bean
    Tenants tenants(JdbcTemplate jdbc, JdbcTransactionManager transactions) {
        return new Tenants(jdbc, transactions);
    }

    @Bean
    CampaignQueries campaignQueries(
            JdbcTemplate jdbc, Tenants tenants, LedgerReader reader, EventCodec codec, Frameworks frameworks) {
        return new CampaignQueries(jdbc, tenants, reader, codec, frameworks);
    }

    @Bean
    ExportQueries exportQueries(JdbcTemplate jdbc, Tenants tenants, SchoolReportQueries schools) {
        return new ExportQueries(jdbc, tenants, schools);
    }

    @Bean
    PartnerQueries partnerQueries(LedgerReader reader, EventCodec codec) {
        return new PartnerQueries(reader, codec);
    }

    @Bean
    MergeQueries mergeQueries(LedgerReader reader, EventCodec codec) {
        return new MergeQueries(reader, codec);
    }

    @Bean
    IdentityQueries identityQueries(LedgerReader reader, EventCodec codec, KeyVault vault) {
        return new IdentityQueries(reader, codec, vault);
    }

    @Bean
    StaffQueries staffQueries(IdentityQueries identities) {
        return new StaffQueries(identities);
    }

    @Bean
    SignInQueries signInQueries(LedgerReader reader, EventCodec codec, KeyVault vault) {
        return new SignInQueries(reader, codec, vault);
    }

    @Bean
    LedgerQueries ledgerQueries(LedgerReader reader, EventCodec codec) {
        return new LedgerQueries(reader, codec);
    }

    @Bean
    HistoryQueries historyQueries(
            JdbcTemplate jdbc, LedgerReader reader, LedgerQueries entries, EventCodec codec, Frameworks frameworks) {
        return new HistoryQueries(jdbc, reader, entries, codec, frameworks);
    }

    @Bean
    Recount recount(LedgerReader reader, EventCodec codec, Frameworks frameworks) {
        return new Recount(reader, codec, frameworks);
    }
}

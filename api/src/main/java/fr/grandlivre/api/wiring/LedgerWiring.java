package fr.grandlivre.api.wiring;

import fr.grandlivre.api.wiring.DatabaseWiring.LedgerReady;
import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.LedgerWriter;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.WriterSettings;
import fr.grandlivre.store.axon.LedgerEngine;
import fr.grandlivre.store.axon.LedgerEventStore;
import fr.grandlivre.store.keys.ErasureList;
import fr.grandlivre.store.keys.KeyVault;
import fr.grandlivre.store.keys.MasterKeyFile;
import fr.grandlivre.store.keys.MasterKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The store: who writes, who reads, who holds the keys. */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {
    private static final String MASTER_KEY = "master-key";

    /** A network that swallows packets is asked again soon; as for the readers in application.properties. */
    static final int CONNECT_SECONDS = 3;

    /** A server that says nothing for so long is gone; as for the readers in application.properties. */
    static final int SILENT_SECONDS = 15;

    @Bean
    EventCodec eventCodec() {
        return new EventCodec(EventCatalog.standard());
    }

    @Bean
    LedgerReader ledgerReader(DataSource dataSource, LedgerReady checkedFirst) {
        return new LedgerReader(dataSource);
    }

    @Bean
    LastRecorded lastRecorded(LedgerReader reader) {
        return () -> reader.at(reader.head()).map(StoredEvent::recordedAt);
    }

    @Bean(destroyMethod = "close")
    LedgerTail ledgerTail(LedgerReader reader) {
        LedgerTail tail = new LedgerTail();
        tail.watch(reader::head);
        return tail;
    }

    /** The writer has connections of its own: readers that fill the pool must not hold up an answer. */
    @Bean(destroyMethod = "close")
    LedgerWriter ledgerWriter(
            JdbcConnectionDetails login, LedgerReady checkedFirst, Clock clock, LedgerTail tail, MeterRegistry meters) {
        return new LedgerWriter(unpooled(login, "grand-livre-writer"), clock, tail, meters, WriterSettings.defaults());
    }

    /** @return connections that their users keep for themselves */
    static DataSource unpooled(JdbcConnectionDetails login, String name) {
        PGSimpleDataSource connections = new PGSimpleDataSource();
        connections.setUrl(login.getJdbcUrl());
        connections.setUser(login.getUsername());
        connections.setPassword(login.getPassword());
        connections.setApplicationName(name);
        connections.setConnectTimeout(CONNECT_SECONDS);
        connections.setSocketTimeout(SILENT_SECONDS);
        return connections;
    }

    @Bean
    MasterKeys masterKeys(Settings settings, Environment environment) throws IOException {
        Path file = settings.secretFiles().resolve(MASTER_KEY);
        if (environment.matchesProfiles("prod")) {
            return MasterKeyFile.open(file);
        }
        Files.createDirectories(settings.secretFiles());
        return MasterKeyFile.openOrCreate(file);
    }

    @Bean(destroyMethod = "close")
    KeysDatabase keysDatabase(DataSource dataSource, LedgerReady checkedFirst, Environment environment) {
        return KeysDatabase.open(dataSource, environment);
    }

    @Bean
    KeyVault keyVault(KeysDatabase keys, MasterKeys masterKeys, Clock clock) {
        return new KeyVault(keys.connections(), masterKeys, clock);
    }

    /** Outside the database and its backups, so that a restored backup learns what was erased since. */
    @Bean
    ErasureList erasureList(Settings settings) {
        return new ErasureList(settings.erasureList());
    }

    @Bean
    LedgerEngine ledgerEngine(LedgerWriter writer, LedgerReader reader, EventCodec codec, KeyVault vault) {
        return new LedgerEngine(writer, reader, codec, vault);
    }

    @Bean
    LedgerEventStore eventStore(LedgerEngine engine, LedgerTail tail) {
        return new LedgerEventStore(engine, tail);
    }
}

package fr.grandlivre.events;

import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.DocumentEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.framework.FrameworkEvent;
import fr.grandlivre.events.identity.AttachCodeEvent;
import fr.grandlivre.events.identity.IdentityEvent;
import fr.grandlivre.events.identity.PartnerEvent;
import fr.grandlivre.events.identity.SignInEvent;
import fr.grandlivre.events.privacy.AccessEvent;
import fr.grandlivre.events.privacy.ErasureEvent;
import fr.grandlivre.events.school.SchoolEvent;
import fr.grandlivre.events.schoolreport.SchoolReportEvent;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.verification.VerificationEvent;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Wire name and version ↔ record class, built from the sealed interfaces of the features. Immutable. */
public final class EventCatalog {
    /** Every feature's events. A new sealed interface is added here, and nowhere else. */
    private static final EventCatalog STANDARD = of(List.of(
            AccessEvent.class,
            CampaignEvent.class,
            CertificateEvent.class,
            DocumentEvent.class,
            ErasureEvent.class,
            EvaluationEvent.class,
            FrameworkEvent.class,
            IdentityEvent.class,
            SignInEvent.class,
            AttachCodeEvent.class,
            PartnerEvent.class,
            SchoolEvent.class,
            SchoolReportEvent.class,
            SessionEvent.class,
            VerificationEvent.class));

    private final Map<String, Entry> byName;
    private final Map<Class<?>, Entry> byClass;

    private EventCatalog(Map<String, Entry> byName, Map<Class<?>, Entry> byClass) {
        this.byName = Collections.unmodifiableMap(byName);
        this.byClass = Map.copyOf(byClass);
    }

    /** @return the catalogue of all events of Grand Livre */
    public static EventCatalog standard() {
        return STANDARD;
    }

    /**
     * @param features sealed interfaces whose permitted records carry {@link EventType}
     * @throws IllegalArgumentException when a record has no type, or a name stands twice
     */
    public static EventCatalog of(Collection<Class<? extends LedgerEvent>> features) {
        Map<String, Entry> byName = new TreeMap<>();
        Map<Class<?>, Entry> byClass = new HashMap<>();
        for (Class<? extends LedgerEvent> feature : features) {
            for (Class<?> permitted : feature.getPermittedSubclasses()) {
                EventType type = permitted.getAnnotation(EventType.class);
                if (type == null) {
                    throw new IllegalArgumentException(permitted + " has no @EventType");
                }
                Entry entry = new Entry(type.name(), type.version(), permitted.asSubclass(LedgerEvent.class));
                if (byName.put(type.name(), entry) != null) {
                    throw new IllegalArgumentException(type.name() + " stands twice");
                }
                byClass.put(permitted, entry);
            }
        }
        return new EventCatalog(byName, byClass);
    }

    /**
     * @param event class of an event record
     * @throws IllegalArgumentException when the class is no event of this catalogue
     */
    public Entry of(Class<?> event) {
        Entry entry = byClass.get(event);
        if (entry == null) {
            throw new IllegalArgumentException(event + " is not in the event catalogue");
        }
        return entry;
    }

    /** @return today's record of a wire name; empty when this code does not know it */
    public Optional<Entry> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @return all entries, ordered by name */
    public Collection<Entry> entries() {
        return byName.values();
    }

    /**
     * @param name    wire name
     * @param version current version
     * @param type    record that holds the current version
     */
    public record Entry(String name, int version, Class<? extends LedgerEvent> type) {}
}

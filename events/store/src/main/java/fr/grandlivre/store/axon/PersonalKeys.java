package fr.grandlivre.store.axon;

import fr.grandlivre.events.ErasedPersonException;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.keys.KeyName;
import fr.grandlivre.store.keys.KeyVault;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;

/**
 * Makes the keys of a command's persons durable together, so that a roster of a whole school is one round trip, not 2,000;
 * refuses what would name somebody who was erased.
 */
final class PersonalKeys {
    /** The components of a record that hold personal fields. */
    private static final ClassValue<List<RecordComponent>> PERSONAL = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                            .filter(component -> component.getType().equals(Personal.class))
                            .toList()
                    : List.of();
        }
    };

    private final PersonalVault vault;
    private final LedgerReader reader;
    private final EventCodec codec;

    PersonalKeys(PersonalVault vault, LedgerReader reader, EventCodec codec) {
        this.vault = vault;
        this.reader = reader;
        this.codec = codec;
    }

    /**
     * Sees to it that every personal field of the events may be sealed, and has a key.
     *
     * @throws ErasedPersonException when one names a person of whom fields of that class were erased
     */
    void ensure(List<? extends EventMessage<?>> events) {
        List<KeyName> names = new ArrayList<>();
        Set<KeyName> naming = new HashSet<>();
        for (EventMessage<?> event : events) {
            for (RecordComponent component : PERSONAL.get(event.getPayloadType())) {
                if (value(component, event.getPayload()) instanceof Personal.Clear<?>(var person, var data)) {
                    KeyName name = new KeyName(person, data.dataClass());
                    names.add(name);
                    if (data.namesPerson()) {
                        naming.add(name);
                    }
                }
            }
        }
        refuseErased(naming);
        if (names.size() > 1 && vault instanceof KeyVault keys) {
            keys.ensure(names);
        }
    }

    /** A key that is gone would be made anew, and tie a name to what had lost it: the ledger says who was erased. */
    private void refuseErased(Set<KeyName> naming) {
        if (naming.isEmpty()) {
            return;
        }
        Set<UUID> streams = naming.stream()
                .map(name -> StreamIds.erasures(new AccountId(name.person())))
                .collect(Collectors.toSet());
        for (StoredEvent stored : reader.streams(streams, Long.MAX_VALUE)) {
            LedgerEvent event = codec.decode(stored.eventId(), stored.type(), stored.version(), stored.payload(), null);
            if (event instanceof PersonErased(AccountId person, var classes, var _, var _)
                    && classes.stream().anyMatch(erased -> naming.contains(new KeyName(person.value(), erased)))) {
                throw new ErasedPersonException();
            }
        }
    }

    private static Object value(RecordComponent component, Object event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(component + " cannot be read", impossible);
        }
    }
}

package fr.grandlivre.store.axon;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.store.keys.KeyName;
import fr.grandlivre.store.keys.KeyVault;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;

/** Makes the keys of a command's persons durable together: a roster of a whole school is one round trip, not 2,000. */
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

    PersonalKeys(PersonalVault vault) {
        this.vault = vault;
    }

    void ensure(List<? extends EventMessage<?>> events) {
        if (events.size() < 2 || !(vault instanceof KeyVault keys)) {
            return;
        }
        List<KeyName> names = new ArrayList<>();
        for (EventMessage<?> event : events) {
            for (RecordComponent component : PERSONAL.get(event.getPayloadType())) {
                if (value(component, event.getPayload()) instanceof Personal.Clear<?>(var person, var data)) {
                    names.add(new KeyName(person, data.dataClass()));
                }
            }
        }
        if (names.size() > 1) {
            keys.ensure(names);
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

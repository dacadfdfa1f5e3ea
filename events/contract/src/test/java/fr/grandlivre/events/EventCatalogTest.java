package fr.grandlivre.events;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.upcast.Upcast;
import fr.grandlivre.events.upcast.Upcasts;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventCatalogTest {
    private static final EventCatalog CATALOG = EventCatalog.standard();

    @Test
    void names_are_a_feature_a_dot_and_a_fact_in_kebab_case() {
        assertThat(CATALOG.entries())
                .allSatisfy(entry -> assertThat(entry.name())
                        .matches(
                                "(access|audit|campaign|certificate|evaluation|export|framework|identity|person|privacy|school|"
                                    + "schoolreport|session|verification)\\.[a-z]+(-[a-z]+)*"));
    }

    @Test
    void every_old_version_has_one_hop_to_the_next() {
        assertThat(CATALOG.entries()).allSatisfy(entry -> {
            List<Integer> hops = Upcasts.chain().stream()
                    .filter(upcast -> upcast.type().equals(entry.name()))
                    .map(Upcast::from)
                    .sorted()
                    .toList();
            assertThat(hops)
                    .isEqualTo(java.util.stream.IntStream.range(1, entry.version())
                            .boxed()
                            .toList());
        });
    }

    @Test
    void no_event_holds_a_floating_point_number() {
        Set<Class<?>> seen = new HashSet<>();
        CATALOG.entries().forEach(entry -> refuseFloats(entry.type(), seen));
        assertThat(seen).hasSizeGreaterThan(CATALOG.entries().size());
    }

    @Test
    void personal_fields_stand_in_a_component_named_sealed_and_nowhere_else() {
        assertThat(CATALOG.entries()).allSatisfy(entry -> {
            for (RecordComponent component : entry.type().getRecordComponents()) {
                assertThat(Personal.class.isAssignableFrom(component.getType()))
                        .as(entry.name() + "." + component.getName())
                        .isEqualTo(component.getName().equals("sealed"));
                assertThat(PersonalData.class.isAssignableFrom(component.getType()))
                        .isFalse();
            }
        });
    }

    private static void refuseFloats(Class<?> type, Set<Class<?>> seen) {
        if (!type.isRecord() || !seen.add(type)) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            assertThat(List.<Class<?>>of(double.class, float.class, Double.class, Float.class))
                    .as(type + "." + component.getName())
                    .doesNotContain(component.getType());
            refuseFloats(component.getType(), seen);
            Arrays.stream(component.getGenericType().getTypeName().split("[<>, ]+"))
                    .filter(name -> name.startsWith("fr.grandlivre"))
                    .forEach(name -> refuseFloats(load(name), seen));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }
}

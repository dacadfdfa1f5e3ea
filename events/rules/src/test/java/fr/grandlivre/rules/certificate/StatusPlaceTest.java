package fr.grandlivre.rules.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class StatusPlaceTest {
    private static final byte[] SEED = "seed of the first list".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_list_is_filled_without_using_a_place_twice() {
        BitSet taken = new BitSet(StatusPlace.LIST_SIZE);
        for (int ordinal = 0; ordinal < StatusPlace.LIST_SIZE; ordinal++) {
            StatusPlace place = StatusPlace.of(ordinal, SEED);
            assertThat(place.list()).isEqualTo(1);
            assertThat(taken.get(place.index())).as("ordinal %s", ordinal).isFalse();
            taken.set(place.index());
        }
        assertThat(taken.cardinality()).isEqualTo(StatusPlace.LIST_SIZE);
        assertThat(taken.length()).isEqualTo(StatusPlace.LIST_SIZE);
    }

    @Test
    void the_next_list_begins_when_one_is_full() {
        assertThat(StatusPlace.of(StatusPlace.LIST_SIZE, SEED).list()).isEqualTo(2);
    }

    @Test
    void neighbours_do_not_stand_beside_each_other() {
        // Eight bins of 16,384 places each for 4,096 certificates: about 512 in each, whatever their order.
        int[] bins = new int[8];
        for (int ordinal = 0; ordinal < 4_096; ordinal++) {
            bins[StatusPlace.of(ordinal, SEED).index() / (StatusPlace.LIST_SIZE / 8)]++;
        }
        for (int bin : bins) {
            assertThat(bin).isBetween(400, 624);
        }
    }

    @Test
    void a_place_never_changes() {
        assertThat(StatusPlace.of(0, SEED)).isEqualTo(StatusPlace.of(0, SEED.clone()));
        assertThat(StatusPlace.of(0, SEED)).isNotEqualTo(StatusPlace.of(0, new byte[] {1}));
    }
}

package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        for=192.0.2.60;proto=http;by=203.0.113.43 | 192.0.2.60
        For="[2001:db8:cafe::17]:4711" | 2001:db8:cafe::17
        for=192.0.2.43, for=198.51.100.17 | 198.51.100.17
        proto=https; for="198.51.100.17:443" | 198.51.100.17
        """)
    void the_last_hop_names_the_client(String header, String address) {
        assertThat(ForwardedAddress.lastHop(List.of(header))).hasValue(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"for=_hidden", "for=unknown", "proto=http", "for=192.0.2.60, for=", "for=999.1.1.1", "for=0.0.0.0"
            })
    void a_last_hop_without_an_address_names_nobody(String header) {
        assertThat(ForwardedAddress.lastHop(List.of(header))).isEmpty();
    }

    @Test
    void the_last_of_several_headers_counts() {
        assertThat(ForwardedAddress.lastHop(List.of("for=192.0.2.1", "for=192.0.2.2")))
                .hasValue("192.0.2.2");
        assertThat(ForwardedAddress.lastHop(List.of())).isEmpty();
    }
}

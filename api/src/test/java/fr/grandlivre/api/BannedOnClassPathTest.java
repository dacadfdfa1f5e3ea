package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@GrandLivreTest
class BannedOnClassPathTest {
    @Autowired
    ApplicationContext application;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.thoughtworks.xstream.XStream",
                "org.axonframework.axonserver.connector.AxonServerConfiguration",
                "org.axonframework.axonserver.connector.event.axon.AxonServerEventStore",
                "jakarta.persistence.EntityManager",
                "lombok.Data",
                "net.jqwik.api.Property"
            })
    void is_absent(String name) {
        assertThatThrownBy(() -> Class.forName(name, false, getClass().getClassLoader()))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void nothing_calls_home() {
        assertThat(application.getBeanDefinitionNames())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("updatechecker"));
        assertThat(Files.exists(Path.of(System.getProperty("user.home"), ".axoniq")))
                .isFalse();
    }
}

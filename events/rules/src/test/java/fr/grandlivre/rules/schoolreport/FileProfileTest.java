package fr.grandlivre.rules.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FileProfileTest {
    @Test
    void the_first_line_of_the_file_of_a_class_is_as_schools_know_it() {
        assertThat(FileProfile.ofClass().name()).isEqualTo("csv-class-1");
        assertThat(FileProfile.ofClass().columns().stream()
                        .map(FileProfile.Column::label)
                        .collect(Collectors.joining(";")))
                .isEqualTo("Numéro de certification;Prénom;Nom;Date de naissance;Lieu de naissance;Identifiant Externe;"
                        + "Statut;Nombre de Pix;1.1;1.2;1.3;2.1;2.2;2.3;2.4;3.1;3.2;3.3;3.4;4.1;4.2;4.3;5.1;5.2;"
                        + "Commentaire jury pour l’organisation;Session;Centre de certification;"
                        + "Date de passage de la certification");
    }
}

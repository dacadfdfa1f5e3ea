package fr.grandlivre.api.certificate;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.query.certificate.CertificateStatement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a code may reveal, as forms and programs name it. */
final class Visibilities {
    private Visibilities() {}

    /** @return all of them, the most reserved first */
    static List<String> names() {
        return Arrays.stream(Visibility.values()).map(Visibilities::name).toList();
    }

    /** @return for example {@code status-and-identity} */
    static String name(Visibility visibility) {
        return WireName.of(visibility);
    }

    /** @return what was chosen; the most reserved one in its place when it cannot be accepted */
    static Visibility read(Fields fields, String pointer, @Nullable String text) {
        return fields.parsed(pointer, text, Visibilities::of, Visibility.NOBODY);
    }

    private static Visibility of(String text) {
        return Arrays.stream(Visibility.values())
                .filter(visibility -> name(visibility).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    /** The holder is named as the certificate names them: it may have been issued to an account that was absorbed since. */
    static ChooseVisibility command(CertificateStatement own, Visibility visibility) {
        return new ChooseVisibility(own.certificate(), own.learner(), visibility);
    }
}

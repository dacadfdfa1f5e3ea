package fr.grandlivre.api.privacy;

import fr.grandlivre.api.frame.Dates;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a person is called where, as pages show it. Thread-safe. */
@Component
class IdentityRows {
    private final Dates dates;

    IdentityRows(Dates dates) {
        this.dates = dates;
    }

    /**
     * @param source    name in messages
     * @param day       of the record, in words
     * @param corrected whether it took the place of another one
     * @param fields    values by the name of the field, in reading order; days in words
     */
    record Row(String source, String day, boolean corrected, Map<String, String> fields) {}

    List<Row> of(List<OwnData.Identity> identities) {
        return identities.stream().map(this::row).toList();
    }

    private Row row(OwnData.Identity identity) {
        Map<String, String> fields = new LinkedHashMap<>();
        identity.fields()
                .forEach((name, value) ->
                        fields.put(name, name.endsWith("Date") ? dates.day(LocalDate.parse(value)) : value));
        return new Row(identity.type().replace('.', '-'), dates.day(identity.recorded()), identity.corrected(), fields);
    }
}

package fr.grandlivre.rules.evaluation;

import java.util.List;

/** What a learner or candidate sent as the answer to a challenge. */
public sealed interface Response {
    /**
     * Chosen options of a QCU or QCM.
     *
     * @param indexes positions of the options from 0, as sent
     */
    record Chosen(List<Integer> indexes) implements Response {
        public Chosen {
            indexes = List.copyOf(indexes);
        }

        /** @return the indexes in ascending order, as events record them */
        public List<Integer> ascending() {
            return indexes.stream().sorted().toList();
        }
    }

    /**
     * Texts of a QROC or QROCM.
     *
     * @param fields one a field, as typed, in the order of the challenge
     */
    record Typed(List<String> fields) implements Response {
        public Typed {
            fields = List.copyOf(fields);
        }

        /** Never shows the texts: they may hold personal data. */
        @Override
        public String toString() {
            return "Typed[" + fields.size() + " fields]";
        }
    }

    /** «Passer». */
    record Skipped() implements Response {}
}

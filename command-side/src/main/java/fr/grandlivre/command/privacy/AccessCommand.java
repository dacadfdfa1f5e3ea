package fr.grandlivre.command.privacy;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is recorded about readings of personal data. */
public sealed interface AccessCommand extends Command {
    /** Longest declared purpose, code points. */
    int LONGEST_PURPOSE = 200;

    /** Shortest purpose for which an identity is unmasked, code points. */
    int SHORTEST_PURPOSE = 10;

    /** Most sums in one command: some milliseconds of the writer, for which everybody else waits. */
    int MOST_SUMS = 200;

    /**
     * Records one reading, before the data leave.
     *
     * @param persons     whose data, each once, 1..500
     * @param certificate the certificate that was looked up; absent for other readings
     * @param surface     where it is read
     * @param fields      what is read
     * @param role        in what capacity
     * @param reader      pseudonym of the account; absent for somebody without an account, who reads of one person
     * @param purpose     as declared; absent when none was
     * @param day         today, Europe/Paris
     */
    record RecordAccess(
            List<LearnerId> persons,
            @Nullable CertificateId certificate,
            Surface surface,
            FieldsClass fields,
            Role role,
            @Nullable UUID reader,
            @Nullable String purpose,
            LocalDate day)
            implements AccessCommand {
        /** @throws IllegalArgumentException when nobody, too many or nobody's reader is named */
        public RecordAccess {
            persons = List.copyOf(persons);
            if (persons.isEmpty() || persons.size() > AccessRecorded.MOST_PERSONS) {
                throw new IllegalArgumentException("a reading concerns 1 to 500 persons");
            }
            if (new HashSet<>(persons).size() < persons.size()) {
                throw new IllegalArgumentException("a reading names each person once");
            }
            if (persons.size() > 1 && reader == null) {
                throw new IllegalArgumentException("whoever reads of several persons has an account");
            }
            if (purpose != null && purpose.codePointCount(0, purpose.length()) > LONGEST_PURPOSE) {
                throw new IllegalArgumentException("a purpose has at most 200 characters");
            }
        }

        @Override
        public UUID stream() {
            return StreamIds.accesses(
                    persons.size() > 1 && reader != null
                            ? reader
                            : persons.getFirst().value(),
                    day);
        }
    }

    /**
     * Lets an auditor see for a while who a person is.
     *
     * @param person  whose identity
     * @param auditor who may see it
     * @param purpose why, at least {@value #SHORTEST_PURPOSE} characters
     * @param until   end of the leave
     * @param day     today, Europe/Paris
     */
    record Unmask(LearnerId person, UUID auditor, String purpose, Instant until, LocalDate day)
            implements AccessCommand {
        @Override
        public UUID stream() {
            return StreamIds.accesses(person.value(), day);
        }

        /** Never shows the purpose. */
        @Override
        public String toString() {
            return "Unmask[person=" + person + "]";
        }
    }

    /**
     * Records how often codes alone were answered, all sums in one append and in a stream of their own: no sum depends on
     * what else is known of a person, and so many streams would cost more than the sums.
     *
     * @param batch the stream, drawn for this command
     * @param sums  by certificate and hour, 1..{@value #MOST_SUMS}
     */
    record SummariseAccesses(UUID batch, List<AccessSummarised> sums) implements AccessCommand {
        /** @throws IllegalArgumentException when there is nothing or too much to record, or a sum of nothing */
        public SummariseAccesses {
            sums = List.copyOf(sums);
            if (sums.isEmpty() || sums.size() > MOST_SUMS) {
                throw new IllegalArgumentException("1 to 200 sums are recorded together");
            }
            if (sums.stream().anyMatch(sum -> sum.count() < 1)) {
                throw new IllegalArgumentException("a sum has something to add up");
            }
        }

        @Override
        public UUID stream() {
            return batch;
        }
    }
}

package fr.grandlivre.command.privacy;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.privacy.ErasureCommand.ErasePerson;
import fr.grandlivre.command.privacy.ErasureCommand.LiftHold;
import fr.grandlivre.command.privacy.ErasureCommand.PlaceHold;
import fr.grandlivre.command.privacy.ErasureCommand.ReapplyErasure;
import fr.grandlivre.command.privacy.ErasureCommand.ReceiptErasure;
import fr.grandlivre.command.privacy.ErasureCommand.RequestErasure;
import fr.grandlivre.command.privacy.ErasureCommand.WithdrawErasureRequest;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequestWithdrawn;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldLifted;
import fr.grandlivre.events.privacy.ErasureEvent.HoldPlaced;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PersonalFileTest {
    private static final AccountId ADA = AccountId.of("018f0000-0000-4000-8000-0000000000aa");
    private static final AccountId FIRST = AccountId.of("018f0000-0000-4000-8000-0000000000ac");
    private static final AccountId SECOND = AccountId.of("018f0000-0000-4000-8000-0000000000ad");
    private static final UUID KEY = UUID.fromString("018f0000-0000-4000-8000-000000000001");
    private static final UUID FILE = StreamIds.erasures(ADA);
    private static final LocalDate TODAY = LocalDate.of(2022, 5, 16);
    private static final List<DataClass> NAMES = List.of(DataClass.IDENTITY);
    private static final List<DataClass> ALL =
            List.of(DataClass.IDENTITY, DataClass.ANSWERS, DataClass.CERTIFICATE, DataClass.access(2022));

    private final LedgerScenario scenario = new LedgerScenario(Instant.parse("2022-05-16T06:00:00.000Z"));

    PersonalFileTest() {
        scenario.with(aggregates -> PersonalFile.register(aggregates, scenario.ledger()));
    }

    private static ErasePerson erase(List<DataClass> classes, AccountId actor) {
        return new ErasePerson(ADA, classes, List.of(KEY), Basis.ORDER, actor);
    }

    private static PlaceHold hold(LocalDate until, AccountId placer) {
        return new PlaceHold(ADA, DataClass.CERTIFICATE, HoldBasis.LITIGATION, until, placer);
    }

    @Test
    void what_a_person_asks_for_a_member_of_staff_carries_out() {
        scenario.when(new RequestErasure(ADA, ALL))
                .when(erase(ALL, FIRST))
                .thenStream(
                        FILE,
                        new ErasureRequested(ADA, ALL, Basis.PERSON_REQUEST, ADA),
                        new PersonErased(ADA, ALL, List.of(KEY), Basis.PERSON_REQUEST));
    }

    @Test
    void without_a_request_the_first_member_of_staff_asks_and_the_second_erases() {
        scenario.when(erase(NAMES, FIRST))
                .when(erase(NAMES, FIRST))
                .thenUnchanged()
                .when(erase(NAMES, SECOND))
                .thenStream(
                        FILE,
                        new ErasureRequested(ADA, NAMES, Basis.ORDER, FIRST),
                        new PersonErased(ADA, NAMES, List.of(KEY), Basis.ORDER));
    }

    @Test
    void nobody_erases_more_than_was_asked_for() {
        scenario.when(new RequestErasure(ADA, NAMES))
                .when(erase(ALL, FIRST))
                .thenStream(
                        FILE,
                        new ErasureRequested(ADA, NAMES, Basis.PERSON_REQUEST, ADA),
                        new ErasureRequested(ADA, ALL, Basis.ORDER, FIRST));
    }

    @Test
    void what_is_erased_is_not_erased_again_unless_there_is_a_new_key() {
        scenario.given(FILE, new PersonErased(ADA, NAMES, List.of(KEY), Basis.ORDER))
                .when(new ErasePerson(ADA, NAMES, List.of(), Basis.ORDER, FIRST))
                .thenUnchanged()
                .when(erase(NAMES, FIRST))
                .thenRecorded();
    }

    @Test
    void a_person_takes_the_own_request_back_and_nobody_elses() {
        scenario.when(new RequestErasure(ADA, NAMES))
                .when(new WithdrawErasureRequest(ADA))
                .when(new WithdrawErasureRequest(ADA))
                .thenUnchanged()
                .when(erase(NAMES, FIRST))
                .when(new WithdrawErasureRequest(ADA))
                .thenUnchanged()
                .thenStream(
                        FILE,
                        new ErasureRequested(ADA, NAMES, Basis.PERSON_REQUEST, ADA),
                        new ErasureRequestWithdrawn(ADA),
                        new ErasureRequested(ADA, NAMES, Basis.ORDER, FIRST));
    }

    @Test
    void a_class_that_is_held_is_kept_until_the_end_of_its_day_and_the_others_may_go() {
        Map<String, Object> why =
                Map.of("basis", "litigation", "until", "2022-05-16", "classes", List.of("certificate"));
        scenario.when(hold(TODAY, FIRST))
                .when(new RequestErasure(ADA, ALL))
                .thenRefused(Refusal.LEGAL_HOLD, why)
                .when(erase(ALL, SECOND))
                .thenRefused(Refusal.LEGAL_HOLD, why)
                .when(new RequestErasure(ADA, NAMES))
                .thenRecorded()
                .at(Instant.parse("2022-05-16T22:00:00.000Z"))
                .when(new RequestErasure(ADA, ALL))
                .thenRecorded();
    }

    @Test
    void a_hold_is_lifted_or_shortened_by_somebody_else_than_who_placed_it() {
        HoldPlaced placed = new HoldPlaced(ADA, DataClass.CERTIFICATE, HoldBasis.LITIGATION, TODAY.plusDays(9), FIRST);
        scenario.when(hold(TODAY.minusDays(1), FIRST))
                .thenRefused(Refusal.DATES_INVERTED)
                .when(hold(TODAY.plusDays(9), FIRST))
                .when(hold(TODAY.plusDays(9), SECOND))
                .thenUnchanged()
                .when(hold(TODAY, FIRST))
                .thenRefused(Refusal.SAME_PERSON)
                .when(new LiftHold(ADA, DataClass.CERTIFICATE, FIRST))
                .thenRefused(Refusal.SAME_PERSON)
                .when(new LiftHold(ADA, DataClass.CERTIFICATE, SECOND))
                .when(new LiftHold(ADA, DataClass.CERTIFICATE, SECOND))
                .thenUnchanged()
                .thenStream(FILE, placed, new HoldLifted(ADA, DataClass.CERTIFICATE));
    }

    @Test
    void nobody_is_erased_in_the_middle_of_an_exam() {
        UUID slot = StreamIds.examSlot(new LearnerId(ADA.value()));
        ExamId exam = new ExamId(KEY);
        LearnerId learner = new LearnerId(ADA.value());
        scenario.given(slot, new ExamSlotTaken(learner, exam))
                .when(new RequestErasure(ADA, NAMES))
                .when(erase(NAMES, FIRST))
                .thenRefused(Refusal.EXAM_RUNNING)
                .given(slot, new ExamSlotReleased(learner, exam))
                .when(erase(NAMES, FIRST))
                .thenRecorded();
    }

    @Test
    void an_erasure_is_applied_again_whatever_is_held_since() {
        scenario.when(hold(TODAY, FIRST))
                .when(new ReapplyErasure(ADA, List.of(DataClass.CERTIFICATE), List.of(KEY), Basis.ORDER))
                .thenRecorded();
    }

    @Test
    void an_erasure_has_one_receipt() {
        scenario.when(new ReceiptErasure(ADA, 7, 0, "a.b.c"))
                .when(new ReceiptErasure(ADA, 7, 2, "d.e.f"))
                .thenUnchanged()
                .thenStream(FILE, new ErasureReceipted(ADA, 7, 0, "a.b.c"));
    }
}

package fr.grandlivre.api;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.PersonalData;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.ShowsPeople;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Rules of the house. Each one has planted violations below {@code fr.grandlivre.planted} that it must catch: a rule about a
 * package that no longer exists would pass for ever.
 */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fr.grandlivre");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("fr.grandlivre.planted");

    private static final Set<Class<?>> CLOCKS =
            Set.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class, OffsetDateTime.class);

    /**
     * One rule.
     *
     * @param name    the rule as a sentence
     * @param rule    what ArchUnit checks
     * @param planted simple names of the classes that it must catch
     */
    private record HouseRule(String name, ArchRule rule, Set<String> planted) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<HouseRule> rules() {
        return Stream.of(
                new HouseRule(
                        "contract and rules see no Axon, Spring or JDBC",
                        noClasses()
                                .that()
                                .resideInAnyPackage("fr.grandlivre..events..", "fr.grandlivre..rules..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.axonframework..", "org.springframework..", "java.sql..", "javax.sql.."),
                        Set.of("ReadsSpring")),
                new HouseRule(
                        "the command side sees no web and no JDBC",
                        noClasses()
                                .that()
                                .resideInAPackage("fr.grandlivre..command..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "jakarta.servlet..",
                                        "org.springframework..",
                                        "java.sql..",
                                        "javax.sql..",
                                        "org.postgresql.."),
                        Set.of("AsksDatabase")),
                new HouseRule(
                        "the command side does not see the query side",
                        noClasses()
                                .that()
                                .resideInAPackage("fr.grandlivre..command..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("fr.grandlivre..query.."),
                        Set.of("SeesOtherSide")),
                new HouseRule(
                        "the query side does not see the command side",
                        noClasses()
                                .that()
                                .resideInAPackage("fr.grandlivre..query..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("fr.grandlivre..command.."),
                        Set.of("Peeks")),
                features("command"),
                features("query"),
                new HouseRule(
                        "rules build on each other in one direction",
                        slices().matching("fr.grandlivre..rules.(*)..").should().beFreeOfCycles(),
                        Set.of("Chicken")),
                new HouseRule(
                        "deciders, states, rules and upcasts use no clock, chance, identity, file, network or log",
                        classes().that(purelyDeciding()).should(bePure()),
                        Set.of("DicingDecider", "TimingState", "Logs")),
                new HouseRule(
                        "controllers never touch the database themselves",
                        noClasses()
                                .that()
                                .areMetaAnnotatedWith(Controller.class)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql.."),
                        Set.of("QueryingPage")),
                new HouseRule(
                        "every route says who may call it",
                        methods().that(areRoutes()).should(declareTheirCallers()),
                        Set.of("OpenPage")),
                new HouseRule(
                        "routes that show people record the reading",
                        methods().that(areRoutes()).should(recordReadings()),
                        Set.of("SilentPage")),
                new HouseRule(
                        "views that name people say so",
                        classes()
                                .that()
                                .resideInAPackage("fr.grandlivre..query..")
                                .should(beMarkedWhenTheyNamePeople()),
                        Set.of("UnmarkedPupil")),
                new HouseRule(
                        "projections never send commands",
                        noClasses()
                                .that()
                                .haveSimpleNameEndingWith("Projection")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.axonframework.commandhandling.."),
                        Set.of("SendingProjection")),
                new HouseRule(
                        "only wiring touches Axon's configuration",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("fr.grandlivre.api.wiring..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.axonframework.config.."),
                        Set.of("Configures")),
                new HouseRule(
                        "no creation policy: its repository leaks a lock",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName("org.axonframework.modelling.command.CreationPolicy"),
                        Set.of("CreatesIfMissing")),
                new HouseRule(
                        "no class is named for its layer",
                        noClasses()
                                .should()
                                .haveNameMatching(".*\\w(Dto|Impl|Manager|Helper|Helpers|Utils|Util|Service)"),
                        Set.of("CertificateManager")),
                new HouseRule(
                        "no field is injected",
                        noFields().should().beAnnotatedWith(Autowired.class),
                        Set.of("Injected")),
                new HouseRule(
                        "every package is null-marked",
                        classes().should(resideInANullMarkedPackage()),
                        Set.of("NotNullMarked")));
    }

    // The machinery that every feature's projection runs on is no feature.
    private static HouseRule features(String side) {
        return new HouseRule(
                "features of " + side + " do not import each other",
                slices().matching("fr.grandlivre.." + side + ".(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(resideInAPackage("fr.grandlivre.query.replay.."), alwaysTrue())
                        .ignoreDependency(alwaysTrue(), resideInAPackage("fr.grandlivre.query.replay..")),
                Set.of("Borrows" + side));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_house_keeps(HouseRule rule) {
        rule.rule().allowEmptyShould(true).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_planted_violation_is_caught(HouseRule rule) {
        String report = rule.rule()
                .allowEmptyShould(true)
                .evaluate(PLANTED)
                .getFailureReport()
                .toString();
        assertThat(rule.planted()).allSatisfy(name -> assertThat(report).contains(name));
    }

    @Test
    void the_house_is_read() {
        assertThat(HOUSE).hasSizeGreaterThan(100);
        assertThat(HOUSE.stream()
                        .filter(resideInAPackage("fr.grandlivre.planted.."))
                        .toList())
                .isEmpty();
    }

    private static DescribedPredicate<JavaClass> purelyDeciding() {
        return DescribedPredicate.describe("decide purely", type -> {
            String home = type.getPackageName();
            String outermost = type.getName().replaceAll("\\$.*", "");
            return home.contains(".rules")
                    || home.contains(".upcast")
                    || home.contains(".command") && outermost.matches(".*(Decider|State)");
        });
    }

    private static ArchCondition<JavaClass> bePure() {
        return new ArchCondition<>("be pure") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isImpure(dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                type.getMethodCallsFromSelf().stream()
                        .filter(call -> isImpure(call.getTarget()))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(type, call.getDescription())));
            }
        };
    }

    private static boolean isImpure(JavaClass target) {
        String home = target.getPackageName();
        return target.isEquivalentTo(Clock.class)
                || target.isEquivalentTo(Random.class)
                || target.getName().equals("java.security.SecureRandom")
                || target.getName().matches("java\\.io\\.(File|RandomAccess)\\w*")
                || home.startsWith("java.nio.file")
                || home.startsWith("java.net")
                || home.startsWith("java.sql")
                || home.startsWith("org.slf4j")
                || home.startsWith("org.springframework")
                || home.startsWith("org.axonframework");
    }

    private static boolean isImpure(AccessTarget.MethodCallTarget target) {
        return target.getName().equals("now") && CLOCKS.stream().anyMatch(target.getOwner()::isEquivalentTo)
                || target.getName().equals("randomUUID") && target.getOwner().isEquivalentTo(UUID.class)
                || target.getName().matches("currentTimeMillis|nanoTime|getenv|getProperty")
                        && target.getOwner().isEquivalentTo(System.class)
                || target.getName().equals("random") && target.getOwner().isEquivalentTo(Math.class);
    }

    private static DescribedPredicate<JavaMethod> areRoutes() {
        return DescribedPredicate.describe(
                "are routes",
                method -> method.isMetaAnnotatedWith(RequestMapping.class)
                        // Reached by an error dispatch only; refused to anybody who asks for it by hand.
                        && !method.getOwner().getSimpleName().equals("ErrorPages"));
    }

    private static ArchCondition<JavaMethod> declareTheirCallers() {
        return new ArchCondition<>("declare their callers by @Allowed") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean declared = method.isMetaAnnotatedWith(Allowed.class)
                        || AnnotatedElementUtils.hasAnnotation(method.getOwner().reflect(), Allowed.class);
                events.add(new SimpleConditionEvent(method, declared, method.getDescription()));
            }
        };
    }

    // One's own data are no reading by somebody else; whoever shows nothing of what is read says what is shown instead.
    private static ArchCondition<JavaMethod> recordReadings() {
        return new ArchCondition<>("record that people are shown, by Accesses, or say by @Impersonal what is instead") {
            @Override
            public void check(JavaMethod route, ConditionEvents events) {
                Set<JavaCodeUnit> reached = new HashSet<>();
                reach(route, reached);
                boolean kept = reached.stream().noneMatch(ArchitectureTest::showsPeople)
                        || reached.stream().anyMatch(ArchitectureTest::recordsReading)
                        || route.isAnnotatedWith(Impersonal.class)
                        || isForOwners(route);
                events.add(new SimpleConditionEvent(route, kept, route.getDescription()));
            }
        };
    }

    /** What a route runs of the application's own code at the edge; the query side is what it asks. */
    private static void reach(JavaCodeUnit unit, Set<JavaCodeUnit> reached) {
        if (!reached.add(unit)) {
            return;
        }
        uses(unit)
                .filter(use -> use.getTargetOwner().getPackageName().matches("fr\\.grandlivre\\.(api|planted)\\..*"))
                .flatMap(use -> use.getTarget().resolveMember().stream())
                .forEach(target -> reach(target, reached));
    }

    private static Stream<JavaCodeUnitAccess<?>> uses(JavaCodeUnit unit) {
        return unit.getAccessesFromSelf().stream()
                .flatMap(access -> access instanceof JavaCodeUnitAccess<?> use ? Stream.of(use) : Stream.empty());
    }

    private static boolean showsPeople(JavaCodeUnit unit) {
        return uses(unit)
                .anyMatch(use -> use.getTargetOwner().isAnnotatedWith(ShowsPeople.class)
                        || use.getTarget().resolveMember().stream()
                                .flatMap(target -> target.getReturnType().getAllInvolvedRawTypes().stream())
                                .anyMatch(type -> type.isAnnotatedWith(ShowsPeople.class)));
    }

    private static boolean recordsReading(JavaCodeUnit unit) {
        return uses(unit)
                .anyMatch(use -> use.getTargetOwner().isEquivalentTo(Accesses.class)
                        && use.getTarget().getName().startsWith("record"));
    }

    private static boolean isForOwners(JavaMethod route) {
        Allowed onMethod = AnnotatedElementUtils.findMergedAnnotation(route.reflect(), Allowed.class);
        Allowed allowed = onMethod == null
                ? AnnotatedElementUtils.findMergedAnnotation(route.getOwner().reflect(), Allowed.class)
                : onMethod;
        return allowed != null
                && !allowed.everyone()
                && !allowed.signedIn()
                && Set.of(allowed.value()).equals(Set.of(Role.LEARNER));
    }

    private static final Set<String> NAMES_OF_PEOPLE =
            Set.of("firstName", "middleName", "lastName", "birthDate", "birthPlace", "ine");

    private static ArchCondition<JavaClass> beMarkedWhenTheyNamePeople() {
        return new ArchCondition<>("be marked with @ShowsPeople when their public components name people") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean names = type.isRecord()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && type.getFields().stream()
                                .anyMatch(field -> NAMES_OF_PEOPLE.contains(field.getName())
                                        || field.getRawType().isAssignableTo(PersonalData.class));
                boolean kept = !names || type.isAnnotatedWith(ShowsPeople.class);
                events.add(new SimpleConditionEvent(type, kept, type.getDescription()));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a null-marked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getDescription()));
            }
        };
    }
}

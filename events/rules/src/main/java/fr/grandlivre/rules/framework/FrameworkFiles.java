package fr.grandlivre.rules.framework;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.events.framework.FrameworkEvent.Delays;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.DataProblem;
import fr.grandlivre.rules.ShippedFiles;
import fr.grandlivre.rules.framework.Competence.DigComp;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Builds framework versions from the text of their files. */
final class FrameworkFiles {
    /** Every version ever published, as its file name; a published file never changes and never leaves. */
    static final List<String> VERSIONS = List.of("2019", "2021");

    private static final int GREATEST_LEVEL = 8;
    private static final int GREATEST_DELAY_DAYS = 365;

    private FrameworkFiles() {}

    static String versionPath(String version) {
        return "framework/" + version + ".yaml";
    }

    static String bankPath(CompetenceCode competence) {
        return "framework/bank/" + competence + ".yaml";
    }

    static Frameworks shipped() {
        Map<CompetenceCode, Optional<CompetenceBank>> banks = new HashMap<>();
        return new Frameworks(VERSIONS.stream()
                .map(version -> DataNode.checked(
                        versionPath(version),
                        ShippedFiles.text(versionPath(version)),
                        file -> version(file, code -> banks.computeIfAbsent(code, FrameworkFiles::shippedBank))))
                .toList());
    }

    /**
     * @param file  a version: name, first day, constants, domains and competences
     * @param banks content of a competence; empty while it has none
     */
    static Framework version(DataNode file, Function<CompetenceCode, Optional<CompetenceBank>> banks) {
        file.only("version", "validFrom", "maxReachableLevel", "formula", "pick", "delays", "digComp", "domains");
        TreeMap<String, Object> content = new TreeMap<>(Map.of("version", file.plain()));
        List<Domain> domains = file.objects("domains").stream()
                .map(domain -> domain(domain, file.object("digComp"), banks, content))
                .toList();
        DataNode formula = file.object("formula");
        formula.only("pixPerLevel", "maxPixPerSkill");
        PixScale scale = new PixScale(
                formula.number("pixPerLevel", 1, 64),
                formula.number("maxPixPerSkill", 1, 64),
                file.number("maxReachableLevel", 1, GREATEST_LEVEL),
                domains.stream().mapToInt(domain -> domain.competences().size()).sum());
        return new Framework(
                file.parsed("version", FrameworkVersion::new, new FrameworkVersion("0000")),
                file.parsed("validFrom", LocalDate::parse, LocalDate.EPOCH),
                scale,
                pick(file.object("pick")),
                delays(file.object("delays")),
                domains,
                sha256(CanonicalJson.bytes(content)));
    }

    private static PickRules pick(DataNode node) {
        node.only(
                "firstDifficulty",
                "levelWithoutAnswer",
                "hardestOfEasyTube",
                "greatestStepUp",
                "tutorialsAfterFailure");
        return new PickRules(
                node.number("firstDifficulty", 1, GREATEST_LEVEL),
                node.number("levelWithoutAnswer", 0, GREATEST_LEVEL),
                node.number("hardestOfEasyTube", 0, GREATEST_LEVEL),
                node.number("greatestStepUp", 0, GREATEST_LEVEL),
                node.number("tutorialsAfterFailure", 0, GREATEST_LEVEL));
    }

    private static Delays delays(DataNode node) {
        node.only("improveDays", "retryCampaignDays", "resetDays");
        return new Delays(
                node.number("improveDays", 0, GREATEST_DELAY_DAYS),
                node.number("retryCampaignDays", 0, GREATEST_DELAY_DAYS),
                node.number("resetDays", 0, GREATEST_DELAY_DAYS));
    }

    private static Domain domain(
            DataNode node,
            DataNode digComp,
            Function<CompetenceCode, Optional<CompetenceBank>> banks,
            Map<String, Object> content) {
        node.only("code", "title", "competences");
        String code = node.text("code");
        List<Competence> competences = new ArrayList<>();
        for (DataNode competence : node.objects("competences")) {
            competence.only("code", "title", "crcn", "digComp");
            CompetenceCode competenceCode = competence.parsed("code", CompetenceCode::new, new CompetenceCode("9.9"));
            Optional<CompetenceBank> bank = banks.apply(competenceCode);
            bank.ifPresent(found -> content.put("bank/" + competenceCode, found.plain()));
            competences.add(new Competence(
                    competenceCode,
                    code,
                    Text.read(competence, "title"),
                    competence.text("crcn"),
                    competence.texts("digComp").stream()
                            .map(european -> new DigComp(
                                    european, digComp.object("titles").text(european), digComp.text("source")))
                            .toList(),
                    bank.map(CompetenceBank::tubes).orElse(List.of())));
        }
        return new Domain(code, Text.read(node, "title"), List.copyOf(competences));
    }

    private static Optional<CompetenceBank> shippedBank(CompetenceCode code) {
        return ShippedFiles.find(bankPath(code)).map(yaml -> {
            List<DataProblem> problems = new ArrayList<>();
            DataNode file = DataNode.parse(bankPath(code), yaml, problems);
            CompetenceBank bank = CompetenceBank.read(file);
            if (!bank.competence().equals(code)) {
                file.problem("holds another competence than its name says");
            }
            DataProblem.refuseAny(problems);
            return bank;
        });
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}

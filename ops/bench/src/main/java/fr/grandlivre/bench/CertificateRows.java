package fr.grandlivre.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Made-up certificates in the verification view, and the least that reading one of them can cost. */
final class CertificateRows {
    /** All columns, as the queries read them. */
    private static final String ROW = "select * from verification.certificate where code = ?";

    private static final String FILL = """
        insert into verification.certificate (code, certificate_id, learner, first_name, last_name, birth_date,
            key_mac, framework, max_reachable_level, exam_date, delivered_date, valid_until, centre_name, levels,
            pix, pix_max, overall_level, position)
        select code, gen_random_uuid(), gen_random_uuid(), 'Camille', 'Exemple', date '2010-05-04',
               'c2lnbmF0dXJlLW9mLTQzLWNoYXJhY3RlcnMtYmFzZTY0', '2021', 5, date '2026-04-02', date '2026-06-01',
               date '2029-06-01', 'Collège Exemple, Lille', '1.1=3 1.2=4 2.1=2 2.2=5 3.1=3 4.1=4 5.1=2', 371, 640,
               3, place
        from unnest(?) with ordinality as c (code, place)\
        """;

    private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";

    private CertificateRows() {}

    /** @return distinct codes, the same at every call */
    static List<String> codes(int count) {
        Random random = new Random(Answers.SEED);
        return random.ints(2L * count, 0, Integer.MAX_VALUE)
                .mapToObj(CertificateRows::code)
                .distinct()
                .limit(count)
                .toList();
    }

    private static String code(int seed) {
        Random random = new Random(seed);
        StringBuilder code = new StringBuilder("P-");
        for (int i = 0; i < 8; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /**
     * @param owner connections to a database whose verification view exists
     * @param codes each gets a row
     */
    static void fill(DataSource owner, List<String> codes) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement insert = connection.prepareStatement(FILL)) {
            insert.setArray(1, connection.createArrayOf("text", codes.toArray()));
            insert.executeUpdate();
        }
        Server.execute(owner, "vacuum analyze verification.certificate");
    }

    /** @return a caller with a connection of its own, which reads one row a call by primary key */
    static Caller selecting(DataSource owner, Supplier<String> code) throws SQLException {
        Connection connection = owner.getConnection();
        PreparedStatement select = connection.prepareStatement(ROW);
        return new Caller() {
            @Override
            public void call() throws SQLException {
                select.setString(1, code.get());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("a code that was filled in is not there");
                    }
                }
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }
}

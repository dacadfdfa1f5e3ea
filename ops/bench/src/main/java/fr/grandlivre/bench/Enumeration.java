package fr.grandlivre.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Guesses verification codes at a running application from many addresses of this machine, and says what came of it: how
 * many guesses were answered and how many the limits allow, whether a name was shown, whether misses differ in size, and
 * whether an unknown code and a private one differ in time.
 */
final class Enumeration {
    private static final String PATH = "/api/v1/verifications";
    private static final String ALPHABET = "2346789BCDFGHJKMPQRTVWXY";
    private static final int AT_ONCE = 16;

    private final InetSocketAddress application;
    private final int perMinute;
    private final long seed;

    private Enumeration(InetSocketAddress application, int perMinute, long seed) {
        this.application = application;
        this.perMinute = perMinute;
        this.seed = seed;
    }

    /** @param arguments address, guesses, addresses, look-ups a minute, timing samples, private code or nothing */
    public static void main(String[] arguments) throws Exception {
        URI address = URI.create(arguments[0]);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Enumeration enumeration = new Enumeration(
                new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()),
                Integer.parseInt(arguments[3]),
                seed);
        boolean kept = enumeration.guess(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        if (arguments.length > 5 && !arguments[5].isBlank()) {
            kept &= enumeration.compareTimes(arguments[5], Integer.parseInt(arguments[4]));
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean guess(int guesses, int addresses) throws Exception {
        Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
        for (int status : new int[] {200, 404, 422, 429, 500, 503}) {
            statuses.put(status, new AtomicInteger());
        }
        Set<Integer> sizes = new ConcurrentSkipListSet<>();
        AtomicInteger names = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        long begun = System.nanoTime();
        try (ExecutorService guessers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int number = 0; number < addresses; number++) {
                InetAddress from = local(number);
                Random random = new Random(seed + number);
                int own = guesses / addresses;
                guessers.execute(() -> {
                    try (HttpConnection connection = new HttpConnection(application, from)) {
                        for (int i = 0; i < own; i++) {
                            HttpConnection.Answer answer = connection.post(PATH, asked(code(random)));
                            statuses.computeIfAbsent(answer.status(), _ -> new AtomicInteger())
                                    .incrementAndGet();
                            String body = new String(answer.body(), StandardCharsets.UTF_8);
                            if (body.contains("firstName") || body.contains("lastName")) {
                                names.incrementAndGet();
                            }
                            if (answer.status() == 404) {
                                sizes.add(answer.body().length);
                            }
                        }
                    } catch (IOException | RuntimeException failed) {
                        failures.incrementAndGet();
                    }
                });
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        int answered = count(statuses, 200) + count(statuses, 404);
        long budget = (took.toMinutes() + 1) * perMinute * addresses;
        System.out.printf(
                Locale.ROOT,
                "%d guesses from %d addresses in %d s, by status %s, %d connections failed%n",
                guesses / addresses * addresses,
                addresses,
                took.toSeconds(),
                statuses,
                failures.get());
        System.out.printf(
                Locale.ROOT, "answered %d, at most %d allowed; names shown: %d%n", answered, budget, names.get());
        System.out.println("sizes of misses: " + new TreeSet<>(sizes));
        return failures.get() == 0
                && answered <= budget
                && names.get() == 0
                && sizes.size() <= 1
                && count(statuses, 500) == 0;
    }

    private static int count(Map<Integer, AtomicInteger> statuses, int status) {
        return statuses.getOrDefault(status, new AtomicInteger()).get();
    }

    /** Asks for unknown codes and for the private one in turns, in a random order within each pair. */
    private boolean compareTimes(String secret, int pairs) throws IOException {
        List<Double> unknown = new ArrayList<>();
        List<Double> hidden = new ArrayList<>();
        Set<Integer> sizes = new TreeSet<>();
        Random random = new Random(seed);
        for (int pair = 0; pair < pairs; pair++) {
            // Each pair comes from an address of its own, so that no limit is met.
            try (HttpConnection connection = new HttpConnection(application, local(1_000 + pair))) {
                connection.post(PATH, asked("P2"));
                boolean hiddenFirst = random.nextBoolean();
                for (int turn = 0; turn < 2; turn++) {
                    boolean asksHidden = hiddenFirst == (turn == 0);
                    String body = asked(asksHidden ? secret : code(random));
                    long begun = System.nanoTime();
                    HttpConnection.Answer answer = connection.post(PATH, body);
                    double micros = (System.nanoTime() - begun) / 1e3;
                    if (answer.status() == 404) {
                        (asksHidden ? hidden : unknown).add(micros);
                        sizes.add(answer.body().length);
                    }
                }
            }
        }
        double[] one = unknown.stream().mapToDouble(Double::doubleValue).toArray();
        double[] other = hidden.stream().mapToDouble(Double::doubleValue).toArray();
        double p = MannWhitney.p(one, other);
        System.out.printf(
                Locale.ROOT,
                "unknown %d answers, median %.0f µs; private %d answers, median %.0f µs; Mann-Whitney p = %.3f; sizes"
                        + " %s%n",
                one.length,
                median(one),
                other.length,
                median(other),
                p,
                sizes);
        return one.length > 0 && other.length > 0 && p > 0.01 && sizes.size() == 1;
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String asked(String code) {
        return "{\"code\":\"" + code + "\"}";
    }

    private static String code(Random random) {
        StringBuilder code = new StringBuilder("P-");
        for (int i = 0; i < 6; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** @return 127.x.y.z, one a number */
    private static InetAddress local(int number) throws IOException {
        return InetAddress.getByAddress(
                new byte[] {127, (byte) (10 + number / 62_500), (byte) (number / 250 % 250), (byte) (1 + number % 250)
                });
    }
}

package fr.grandlivre.api.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import jakarta.servlet.http.HttpServletResponse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often somebody may do something in a minute; each one's minute begins with the first time. Held in memory only, for a
 * bounded number of people: beyond it those seen longest ago start anew. Thread-safe.
 */
public final class RateLimit {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int IPV6_NETWORK_BYTES = 8;

    /** About 10 MB of memory. */
    private static final long MOST_PEOPLE = 100_000;

    private final String name;
    private final int quota;
    private final String policy;
    private final LongSupplier nanoTime;
    private final Cache<String, Minute> minutes = Caffeine.newBuilder()
            .maximumSize(MOST_PEOPLE)
            .expireAfterWrite(WINDOW)
            .build();

    /**
     * @param name  in the response headers
     * @param quota how often a minute
     */
    public RateLimit(String name, int quota) {
        this(name, quota, System::nanoTime);
    }

    RateLimit(String name, int quota, LongSupplier nanoTime) {
        this.name = name;
        this.quota = quota;
        this.policy = "\"" + name + "\";q=" + quota + ";w=" + WINDOW.toSeconds();
        this.nanoTime = nanoTime;
    }

    private record Minute(long begun, int taken) {}

    /**
     * Counts one time and tells the client what is left, by the headers {@code RateLimit-Policy} and {@code RateLimit}.
     *
     * @param who a text that is the same for every request of one client
     * @throws ProblemException 429 {@code rate-limited} when nothing was left
     */
    public void take(String who, HttpServletResponse response) {
        long now = nanoTime.getAsLong();
        Minute minute = taken(who, now);
        describe(minute, now, response);
        if (minute.taken() > quota) {
            throw new ProblemException(Problem.of(Slug.RATE_LIMITED).retryAfter(left(minute, now)));
        }
    }

    private Minute taken(String who, long now) {
        return minutes.asMap()
                .compute(
                        who,
                        (_, before) -> before == null || isOver(before, now)
                                ? new Minute(now, 1)
                                : new Minute(before.begun(), Math.min(quota + 1, before.taken() + 1)));
    }

    /** Counts one time and tells nobody. */
    public void count(String who) {
        taken(who, nanoTime.getAsLong());
    }

    /** @return how long until something is left again; empty while something is */
    public Optional<Duration> spent(String who) {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(minutes.getIfPresent(who))
                .filter(minute -> !isOver(minute, now) && minute.taken() >= quota)
                .map(minute -> left(minute, now));
    }

    /**
     * Tells what is left without counting.
     *
     * @throws ProblemException 429 {@code rate-limited} when nothing is left
     */
    public void peek(String who, HttpServletResponse response) {
        long now = nanoTime.getAsLong();
        Minute minute = minutes.getIfPresent(who);
        if (minute == null || isOver(minute, now)) {
            describe(new Minute(now, 0), now, response);
            return;
        }
        describe(minute, now, response);
        if (minute.taken() >= quota) {
            throw new ProblemException(Problem.of(Slug.RATE_LIMITED).retryAfter(left(minute, now)));
        }
    }

    /** Tells what is left, without counting and without refusing. */
    public void describe(String who, HttpServletResponse response) {
        long now = nanoTime.getAsLong();
        Minute minute = minutes.getIfPresent(who);
        describe(minute == null || isOver(minute, now) ? new Minute(now, 0) : minute, now, response);
    }

    /** @return the client's address, or its network where a household has as many addresses as it likes (IPv6, /64) */
    public static String client(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address long6
                    ? HexFormat.of().formatHex(Arrays.copyOf(long6.getAddress(), IPV6_NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }

    private void describe(Minute minute, long now, HttpServletResponse response) {
        response.setHeader("RateLimit-Policy", policy);
        response.setHeader(
                "RateLimit",
                "\"" + name + "\";r=" + Math.max(0, quota - minute.taken()) + ";t="
                        + Math.ceilDiv(left(minute, now).toMillis(), 1000));
    }

    private static boolean isOver(Minute minute, long now) {
        return now - minute.begun() >= WINDOW.toNanos();
    }

    private static Duration left(Minute minute, long now) {
        return WINDOW.minusNanos(now - minute.begun());
    }
}

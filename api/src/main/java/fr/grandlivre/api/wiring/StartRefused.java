package fr.grandlivre.api.wiring;

import org.springframework.boot.ExitCodeGenerator;

/** The application refuses to start: cause and cure, exit code 78 (EX_CONFIG of sysexits). */
public final class StartRefused extends RuntimeException implements ExitCodeGenerator {
    private static final long serialVersionUID = 1L;
    private static final int EX_CONFIG = 78;

    private final String cure;

    /**
     * @param cause what is wrong, one sentence
     * @param cure  what to do about it, one sentence
     */
    public StartRefused(String cause, String cure) {
        super(cause);
        this.cure = cure;
    }

    /** @return what the operator does about it */
    public String cure() {
        return cure;
    }

    @Override
    public int getExitCode() {
        return EX_CONFIG;
    }
}

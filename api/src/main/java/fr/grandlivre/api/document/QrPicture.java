package fr.grandlivre.api.document;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A QR code as one path of a drawing: byte mode, level M, four modules of quiet zone.
 *
 * @param size modules of a side, quiet zone included
 * @param path outline of the dark modules
 */
public record QrPicture(int size, String path) {
    /** Scanners need that much white around (ISO/IEC 18004). */
    private static final int QUIET_ZONE = 4;

    private static final int BEST_MASK = -1;

    /** @param text what scanners read */
    public static QrPicture of(String text) {
        QrCode code = QrCode.encodeSegments(
                List.of(QrSegment.makeBytes(text.getBytes(StandardCharsets.UTF_8))),
                QrCode.Ecc.MEDIUM,
                QrCode.MIN_VERSION,
                QrCode.MAX_VERSION,
                BEST_MASK,
                false);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(',')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        return new QrPicture(code.size + 2 * QUIET_ZONE, path.toString());
    }
}

package fr.grandlivre.query.replay;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One field of one row that the live view and the ledger do not agree on.
 *
 * @param table    name of the table
 * @param key      primary key of the row, by column
 * @param field    name of the column; {@code *} for a row that one side does not have
 * @param live     value in the live view; absent for null, and for a row that is missing there
 * @param rebuilt  value that the ledger gives; absent likewise
 * @param masked   whether the field is personal, so that neither value is told
 * @param position of the last event that the ledger says changed the row; absent where rows do not keep it
 */
public record RowDifference(
        String table,
        SortedMap<String, String> key,
        String field,
        @Nullable String live,
        @Nullable String rebuilt,
        boolean masked,
        @Nullable Long position) {}

package fr.grandlivre.store;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A one-dimensional array without nulls in PostgreSQL's binary form, filled element by element and reused for every
 * batch: the driver itself sends uuid arrays as text and copies bytea arrays twice. One thread at a time.
 */
public final class ArrayParameter extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;

    /** Dimensions, null flag, element type, length, lower bound. */
    private static final int HEADER = 5 * Integer.BYTES;

    private final int elementType;
    private transient ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
    private int count;

    private ArrayParameter(String arrayType, int elementType) {
        setType(arrayType);
        this.elementType = elementType;
        clear();
    }

    static ArrayParameter ofInts() {
        return new ArrayParameter("_int4", Oid.INT4);
    }

    public static ArrayParameter ofLongs() {
        return new ArrayParameter("_int8", Oid.INT8);
    }

    public static ArrayParameter ofShorts() {
        return new ArrayParameter("_int2", Oid.INT2);
    }

    static ArrayParameter ofUuids() {
        return new ArrayParameter("_uuid", Oid.UUID);
    }

    public static ArrayParameter ofBytes() {
        return new ArrayParameter("_bytea", Oid.BYTEA);
    }

    public void clear() {
        count = 0;
        bytes.clear().position(HEADER);
    }

    void add(int value) {
        room(Integer.BYTES).putInt(value);
    }

    public void add(long value) {
        room(Long.BYTES).putLong(value);
    }

    public void add(short value) {
        room(Short.BYTES).putShort(value);
    }

    void add(UUID value) {
        room(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    public void add(byte[] value) {
        room(value.length).put(value);
    }

    private ByteBuffer room(int length) {
        if (bytes.remaining() < Integer.BYTES + length) {
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + Integer.BYTES + length))
                    .put(bytes.flip());
        }
        count++;
        return bytes.putInt(length);
    }

    @Override
    public void setByteValue(byte[] value, int offset) throws SQLException {
        throw new SQLException("only sent, never received");
    }

    @Override
    public int lengthInBytes() {
        return bytes.position();
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        int length = bytes.position();
        bytes.putInt(0, 1)
                .putInt(Integer.BYTES, 0)
                .putInt(2 * Integer.BYTES, elementType)
                .putInt(3 * Integer.BYTES, count)
                .putInt(4 * Integer.BYTES, 1);
        System.arraycopy(bytes.array(), 0, target, offset, length);
    }
}

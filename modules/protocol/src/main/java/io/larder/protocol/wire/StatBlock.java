package io.larder.protocol.wire;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/// Connections and counters of one storage: 348 bytes in beats and storage lists (S1 §3.3).
public final class StatBlock {
  /// Size on the wire.
  public static final int SIZE = Connections.SIZE + Counter.values().length * Long.BYTES;

  /// Connection objects made, connections open now, most ever open.
  public record Connections(int allocated, int current, int max) {
    static final int SIZE = 3 * Integer.BYTES;

    static Connections read(BodyReader in) {
      return new Connections(
          in.int32("alloc_count"), in.int32("current_count"), in.int32("max_count"));
    }

    void write(BodyWriter out) {
      out.int32(allocated);
      out.int32(current);
      out.int32(max);
    }
  }

  private static final Counter[] COUNTERS = Counter.values();

  private final Connections connections;
  private final long[] values;

  private StatBlock(Connections connections, long[] values) {
    this.connections = connections;
    this.values = values;
  }

  /// A block whose counters come from a function, for example from a table of adders.
  public static StatBlock of(Connections connections, ToLongFunction<Counter> valueOf) {
    long[] values = new long[COUNTERS.length];
    for (Counter counter : COUNTERS) {
      values[counter.index()] = valueOf.applyAsLong(counter);
    }
    return new StatBlock(connections, values);
  }

  static StatBlock read(BodyReader in) {
    Connections connections = Connections.read(in);
    return of(connections, counter -> in.int64(counter.key()));
  }

  void write(BodyWriter out) {
    connections.write(out);
    for (long value : values) {
      out.int64(value);
    }
  }

  /// The connections.
  public Connections connections() {
    return connections;
  }

  /// The value of one counter.
  public long get(Counter counter) {
    return values[counter.index()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StatBlock that
        && connections.equals(that.connections)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * connections.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "StatBlock[" + connections + ", " + Arrays.toString(values) + "]";
  }
}

package io.larder.store.names;

import java.io.IOException;
import java.util.Arrays;

/// Records in the order of their keys, one after the other. One thread.
public abstract class SortedSource {
  private final byte[] key = new byte[RecordSorter.KEY_MAX];
  private int length;
  private long first;
  private long second;

  /// Moves to the next record.
  ///
  /// @return false when there is none
  public final boolean next() throws IOException {
    return load();
  }

  /// Loads the next record by [#set] and [#second].
  protected abstract boolean load() throws IOException;

  final void set(byte[] from, int offset, int keyLength, long fact) {
    System.arraycopy(from, offset, key, 0, keyLength);
    length = keyLength;
    first = fact;
  }

  final void second(long fact) {
    second = fact;
  }

  final void copy(SortedSource other) {
    set(other.key, 0, other.length, other.first);
    second = other.second;
  }

  final void first(long fact) {
    first = fact;
  }

  /// The key's bytes, [#length()] of them.
  public final byte[] key() {
    return key;
  }

  public final int length() {
    return length;
  }

  public final long first() {
    return first;
  }

  final long second() {
    return second;
  }

  final int compareKey(SortedSource other) {
    return Arrays.compareUnsigned(key, 0, length, other.key, 0, other.length);
  }
}

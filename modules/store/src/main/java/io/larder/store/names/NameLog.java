package io.larder.store.names;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.binlog.BinlogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the binlog says of every name, sorted as the walk needs it: by store path, directory, then the files of their own
/// by name, then those in trunk files by trunk file, offset and name. One thread fills it; then each store path may be
/// read by a thread of its own.
public final class NameLog implements AutoCloseable {
  /// Key: outer and inner directory, one of these, then the name or number, offset and name.
  static final int OWN_FILE = 0;

  static final int TRUNK_SLOT = 1;

  private static final int OFFSET_BITS = 40;
  private static final int PLACE_BYTES = 2 * Integer.BYTES;
  private static final int HEAD_BYTES = 3;

  private final SortedMap<Integer, RecordSorter> sorters = new TreeMap<>();
  private final byte[] key = new byte[RecordSorter.KEY_MAX];
  private final ByteBuffer keyBuffer = ByteBuffer.wrap(key);

  /// @param storePaths indexes of the store paths that are walked
  /// @param memoryBytes for all of them together
  public NameLog(Scratch scratch, Collection<Integer> storePaths, int memoryBytes) {
    int each = Math.max(1 << 18, memoryBytes / Math.max(1, storePaths.size()));
    for (int path : storePaths) {
      sorters.put(path, new RecordSorter(scratch, each, NameState::fold));
    }
  }

  /// Takes a record.
  ///
  /// @return the store path that its name is on when none such is walked, else empty
  /// @throws MalformedException when no file can have its name
  public Optional<Integer> add(BinlogRecord record, BinlogPosition at) throws IOException {
    BinlogRecord.Change change = record.change();
    if (change instanceof BinlogRecord.Rename rename) {
      add(LogicalName.parse(rename.oldName()), NameState.GONE, at);
    }
    return add(LogicalName.parse(change.name()), NameState.after(change), at);
  }

  private Optional<Integer> add(LogicalName name, NameState state, BinlogPosition at)
      throws IOException {
    RecordSorter sorter = sorters.get(name.storePath());
    if (sorter == null) {
      return Optional.of(name.storePath());
    }
    sorter.add(key, key(name), state.code(), (long) at.file() << OFFSET_BITS | at.offset());
    return Optional.empty();
  }

  private int key(LogicalName name) {
    Optional<TrunkPlace> place = FileFacts.of(name).flatMap(FileFacts::trunk);
    keyBuffer.clear();
    keyBuffer.put((byte) name.high()).put((byte) name.low());
    keyBuffer.put((byte) (place.isPresent() ? TRUNK_SLOT : OWN_FILE));
    place.ifPresent(p -> keyBuffer.putInt(p.trunkFileId()).putInt(p.offset()));
    String fileName = name.fileName();
    for (int i = 0; i < fileName.length(); i++) {
      keyBuffer.put((byte) fileName.charAt(i));
    }
    return keyBuffer.position();
  }

  /// The names of a store path in order; to be called once for each.
  public LoggedNames names(int storePath) throws IOException {
    RecordSorter sorter = sorters.get(storePath);
    return new LoggedNames(sorter == null ? null : sorter.sorted());
  }

  static BinlogPosition position(long packed) {
    return new BinlogPosition((int) (packed >>> OFFSET_BITS), packed & ((1L << OFFSET_BITS) - 1));
  }

  /// Where the file name begins in a key.
  static int nameAt(byte[] key) {
    return key[2] == TRUNK_SLOT ? HEAD_BYTES + PLACE_BYTES : HEAD_BYTES;
  }

  /// The trunk file of a key of a slot.
  static int trunkFileId(byte[] key) {
    return ByteBuffer.wrap(key).getInt(HEAD_BYTES);
  }

  static String text(byte[] key, int from, int to) {
    return new String(key, from, to - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    sorters.values().forEach(RecordSorter::close);
  }
}

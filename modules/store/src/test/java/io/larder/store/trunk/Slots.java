package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What must be true of slots and free space at any time.
final class Slots {
  private Slots() {}

  /// No two of them have a byte in common.
  static void assertApart(Collection<TrunkSpan> some, Collection<TrunkSpan> others) {
    List<TrunkSpan> all = new ArrayList<>(some);
    all.addAll(others);
    all.sort(
        Comparator.comparingInt((TrunkSpan span) -> span.file().id())
            .thenComparingInt(TrunkSpan::offset));
    for (int i = 1; i < all.size(); i++) {
      TrunkSpan before = all.get(i - 1);
      boolean overlap =
          before.file().equals(all.get(i).file()) && before.end() > all.get(i).offset();
      assertThat(overlap).as("%s and %s overlap", before, all.get(i)).isFalse();
    }
  }

  static long bytes(Collection<TrunkSpan> spans) {
    return spans.stream().mapToLong(TrunkSpan::size).sum();
  }

  /// The slots that hold a file on disk.
  static List<TrunkSpan> live(Disk disk, Path storePath, Collection<TrunkSpan> candidates)
      throws IOException {
    int base = disk.openDirectory(storePath.resolve("data"));
    List<TrunkSpan> live = new ArrayList<>();
    try {
      for (TrunkSpan slot : candidates) {
        int handle = disk.open(base, slot.file().name(), OpenFlags.READ, 0);
        if (handle >= 0) {
          SlotScanner scanner = new SlotScanner(disk, handle, Spans.FILE_BYTES);
          if (scanner.slotAt(slot.offset()) == slot.size()) {
            live.add(slot);
          }
          disk.close(handle);
        }
      }
    } finally {
      disk.close(base);
    }
    return live;
  }

  /// Bytes of all trunk files of a store path.
  static long fileBytes(Disk disk, Path storePath) {
    int base = disk.openDirectory(storePath.resolve("data"));
    List<String> names = new ArrayList<>();
    FileStatus status = new FileStatus();
    long bytes = 0;
    if (disk.list(base, "00/00", names) >= 0) {
      for (String name : names) {
        disk.status(base, "00/00/" + name, false, status);
        bytes += status.size();
      }
    }
    disk.close(base);
    return bytes;
  }
}

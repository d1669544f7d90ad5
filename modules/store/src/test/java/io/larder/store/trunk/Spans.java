package io.larder.store.trunk;

import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.TrunkSettings;
import io.larder.protocol.fileid.NewName;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/// Short words for what the tests of this package speak of.
final class Spans {
  static final int FILE_BYTES = 4 << 20;

  private Spans() {}

  static TrunkFile file(int id) {
    return new TrunkFile(new NewName.Directory(0, 0, 0), id);
  }

  static TrunkSpan span(int id, int offset, int size) {
    return new TrunkSpan(file(id), offset, size);
  }

  static List<TrunkSpan> free(FreeSpace space) {
    List<TrunkSpan> blocks = new ArrayList<>();
    space.forEach(blocks::add);
    return blocks;
  }

  /// Slots of 256 bytes to 1 MiB in trunk files of 4 MiB.
  static TrunkParameters parameters() {
    return parameters(new TrunkSettings.FreeSpace(true, true, false, false), Duration.ZERO);
  }

  static TrunkParameters parameters(TrunkSettings.FreeSpace space, Duration compressInterval) {
    return parameters(
        space, new TrunkSettings.Log(Duration.ZERO, compressInterval, LocalTime.of(3, 0), 2));
  }

  static TrunkParameters parameters(TrunkSettings.FreeSpace space, TrunkSettings.Log log) {
    TrunkSettings.Advance advance =
        new TrunkSettings.Advance(
            true, LocalTime.of(2, 0), Duration.ofDays(1), new ByteSize(3 * FILE_BYTES));
    return new TrunkParameters(256, 1 << 20, 256, FILE_BYTES, space, advance, log);
  }
}

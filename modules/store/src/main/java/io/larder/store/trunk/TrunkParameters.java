package io.larder.store.trunk;

import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.TrunkSettings;
import io.larder.protocol.disk.TrunkSlotHeader;

/// How trunk files are cut up, the same in the whole group: the tracker tells it (S2 §1.8, S3 §9.1).
///
/// @param slotMin `slot_min_size`, bytes: smallest slot, and the smallest free block that is kept; raised to the
///     alignment
/// @param slotMax `slot_max_size`, bytes: largest header and content together that go to a slot; at most half a file
/// @param alignment `trunk_alloc_alignment_size`, bytes: larger slots are multiples of it; 0 for none
/// @param fileBytes `trunk_file_size`: size of a new trunk file, 4 MiB to 2 GiB - 1 (offsets have 31 bits)
/// @param space `trunk_free_space_merge`, `delete_unused_trunk_files`, `trunk_init_check_occupying`,
///     `trunk_init_reload_from_binlog`
/// @param advance `trunk_create_file_*`
/// @param log `trunk_compress_binlog_*`, `trunk_binlog_max_backups`
public record TrunkParameters(
    int slotMin,
    int slotMax,
    int alignment,
    int fileBytes,
    TrunkSettings.FreeSpace space,
    TrunkSettings.Advance advance,
    TrunkSettings.Log log) {
  private static final int FILE_BYTES_MIN = 4 << 20;
  private static final int ALIGNMENT_MAX = 64 << 10;

  /// Raises the smallest slot to the alignment and checks ranges.
  ///
  /// @throws MalformedException naming the parameter that is out of range
  public TrunkParameters {
    check("trunk_file_size", fileBytes, FILE_BYTES_MIN, Integer.MAX_VALUE);
    check("trunk_alloc_alignment_size", alignment, 0, ALIGNMENT_MAX);
    check("slot_min_size", slotMin, 0, ALIGNMENT_MAX);
    slotMin = Math.max(slotMin, alignment);
    check("slot_max_size", slotMax, slotMin + 1, fileBytes / 2);
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new MalformedException(name + ": " + value + " (" + least + " to " + most + ")");
    }
  }

  /// The parameters of a tracker's settings.
  ///
  /// @throws MalformedException naming the parameter that is out of range
  public static TrunkParameters of(TrunkSettings settings) {
    TrunkSettings.Slots slots = settings.slots();
    return new TrunkParameters(
        bytes("slot_min_size", slots.min()),
        bytes("slot_max_size", slots.max()),
        slots.alignment(),
        bytes("trunk_file_size", slots.fileSize()),
        settings.space(),
        settings.advance(),
        settings.log());
  }

  private static int bytes(String name, ByteSize size) {
    check(name, size.bytes(), 0, Integer.MAX_VALUE);
    return (int) size.bytes();
  }

  /// Whether a file goes to a slot at all: header and content fit the largest one. That it is no appender and no slave
  /// is the caller's rule (S3 §9.1).
  ///
  /// @param contentBytes 0 or more
  public boolean fits(long contentBytes) {
    return contentBytes <= slotMax - TrunkSlotHeader.SIZE;
  }

  /// Size of the slot for a file (S3 §9.4 step 2).
  ///
  /// @param contentBytes 0 or more
  /// @return bytes, header included
  /// @throws RefusedException 22 when it does not fit the largest slot
  public int slotSize(long contentBytes) {
    if (contentBytes < 0 || !fits(contentBytes)) {
      throw new RefusedException(
          Status.EINVAL, contentBytes + " bytes do not fit a slot of at most " + slotMax);
    }
    return roundUp((int) contentBytes + TrunkSlotHeader.SIZE);
  }

  /// Size of the slot for a number of bytes that has the header in it, as command 27 asks.
  ///
  /// @param bytes 1 to [#slotMax()]
  public int roundUp(int bytes) {
    if (bytes <= slotMin) {
      return slotMin;
    }
    return alignment == 0 ? bytes : Math.ceilDiv(bytes, alignment) * alignment;
  }

  /// The smallest block worth keeping in the free space: one that holds a header, and not less than [#slotMin()].
  int blockMin() {
    return Math.max(slotMin, TrunkSlotHeader.SIZE);
  }
}

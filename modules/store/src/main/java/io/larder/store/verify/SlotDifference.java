package io.larder.store.verify;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.util.ArrayList;
import java.util.List;

/// Tells in words what of a slot's header is not what a name asks for.
final class SlotDifference {
  private SlotDifference() {}

  static String of(TrunkSlotHeader header, LogicalName name) {
    TrunkSlotHeader wanted =
        TrunkSlotHeader.of(name, FileFacts.of(name).orElseThrow(), TrunkSlotHeader.FILE);
    List<String> differences = new ArrayList<>();
    if (header.type() != TrunkSlotHeader.FILE && header.type() != TrunkSlotHeader.LINK) {
      differences.add("type " + header.type());
    }
    differ(differences, "slot size", header.slotSize(), wanted.slotSize());
    differ(differences, "file size", header.fileSize(), wanted.fileSize());
    differ(differences, "CRC32", hex(header.crc32()), hex(wanted.crc32()));
    differ(differences, "time", header.modifiedAt(), wanted.modifiedAt());
    differ(differences, "end of the name", header.tail(), wanted.tail());
    boolean same = differences.size() == 1;
    return "has " + (same ? "" : "others: ") + String.join(", ", differences);
  }

  private static <T> void differ(List<String> differences, String field, T there, T wanted) {
    if (!there.equals(wanted)) {
      differences.add(field + " " + there + " instead of " + wanted);
    }
  }

  private static String hex(int crc) {
    return EntryCheck.hex(crc);
  }
}

package io.larder.store;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// A second name for a file in a trunk slot: a slot of its own, whose content is the file's logical name (S3 §6.6).
final class LinkSlot {
  private LinkSlot() {}

  /// Puts the content into a slot.
  ///
  /// @return 0 or a negated [io.larder.platform.Errno]
  static int write(StagedSlot slot, LogicalName source) {
    ByteBuf text = Unpooled.copiedBuffer(source.text(), StandardCharsets.ISO_8859_1);
    int result = slot.write(text);
    text.release();
    return result;
  }

  /// The name of the link; size field and header carry the length of the source's name, the CRC is random.
  static LogicalName name(PathWorker on, StagedSlot slot, Extension extension) {
    NewName made =
        new NewName(
            slot.span().directory(),
            on.path().store().source(),
            (int) slot.timeSeconds(),
            on.random().nextInt(),
            extension,
            on.random().nextLong());
    return made.trunk(slot.size(), slot.span().place());
  }

  /// Writes the header, by which the name finds the slot.
  ///
  /// @return 0 or a negated [io.larder.platform.Errno]
  static int seal(PathWorker on, StagedSlot slot, LogicalName name) {
    return slot.seal(name, TrunkSlotHeader.LINK, on.scratch());
  }
}

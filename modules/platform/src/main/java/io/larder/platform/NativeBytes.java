package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Where the bytes of a buffer lie in native memory.
final class NativeBytes {
  private NativeBytes() {}

  /// Address of a part of a buffer, or 0 when it is on the heap or in several pieces.
  ///
  /// The caller keeps the buffer alive while it uses the address.
  static long address(ByteBuf buffer, int index, int length) {
    if (buffer.hasMemoryAddress()) {
      return buffer.memoryAddress() + index;
    }
    if (!buffer.isDirect() || buffer.nioBufferCount() != 1) {
      return 0;
    }
    // nioBuffer and not internalNioBuffer: the latter is shared with the parent and unsafe off the
    // owner's thread.
    return MemorySegment.ofBuffer(buffer.nioBuffer(index, length)).address();
  }

  static long address(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer).address();
  }
}

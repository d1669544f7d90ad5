package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// Reading and writing for buffers that are on the heap or in several pieces: by way of the thread's bounce buffer.
///
/// The hot paths use direct buffers and never come here.
final class BouncedBytes {
  private BouncedBytes() {}

  static int read(LinuxDisk disk, int handle, long position, ByteBuf into, int index, int length) {
    CallFrame frame = CallFrame.current();
    int done = 0;
    while (done < length) {
      ByteBuffer bounce = frame.bounce();
      int piece = Math.min(length - done, bounce.capacity());
      int result = disk.readAll(frame, handle, position + done, NativeBytes.address(bounce), piece);
      if (result <= 0) {
        return result < 0 ? result : done;
      }
      into.setBytes(index + done, bounce.limit(result));
      done += result;
    }
    return done;
  }

  static int write(LinuxDisk disk, int handle, long position, ByteBuf from, int index, int length) {
    CallFrame frame = CallFrame.current();
    int done = 0;
    while (done < length) {
      ByteBuffer bounce = frame.bounce();
      int piece = Math.min(length - done, bounce.capacity());
      from.getBytes(index + done, bounce.limit(piece));
      int result =
          disk.writeAll(frame, handle, position + done, NativeBytes.address(bounce.flip()), piece);
      if (result < 0) {
        return result;
      }
      done += piece;
    }
    return done;
  }

  /// Appends by one call, so the whole is gathered first.
  static int append(LinuxDisk disk, int handle, ByteBuf from, int index, int length) {
    ByteBuffer whole = ByteBuffer.allocateDirect(length);
    from.getBytes(index, whole);
    return disk.appendOnce(CallFrame.current(), handle, NativeBytes.address(whole.flip()), length);
  }
}

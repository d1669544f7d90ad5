package io.larder.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Native memory of one thread for the arguments and results of system calls, so that no call allocates.
///
/// Its owner is the thread; the memory goes with the thread.
final class CallFrame {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));
  private static final int NAME_BYTES = 4096;
  private static final int RESULT_BYTES = 256;
  private static final int BOUNCE_BYTES = 64 * 1024;
  private static final ThreadLocal<CallFrame> FRAMES = ThreadLocal.withInitial(CallFrame::new);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.nativeOrder());
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.nativeOrder());
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.nativeOrder());

  final MemorySegment state = Arena.ofAuto().allocate(STATE);
  private final MemorySegment first = Arena.ofAuto().allocate(NAME_BYTES);
  private final MemorySegment second = Arena.ofAuto().allocate(NAME_BYTES);
  private final MemorySegment result = Arena.ofAuto().allocate(RESULT_BYTES, Long.BYTES);
  private ByteBuffer bounce = ByteBuffer.allocateDirect(0);

  private CallFrame() {}

  static CallFrame current() {
    return FRAMES.get();
  }

  int errno() {
    return state.get(INT, ERRNO_OFFSET);
  }

  /// Puts a name into native memory.
  ///
  /// @return its address, or 0 when it is too long or holds a NUL, which no name can
  long first(String name) {
    return put(first, name);
  }

  long second(String name) {
    return put(second, name);
  }

  /// The path under which the kernel shows an open file of this process.
  long ownDescriptor(int handle) {
    return put(first, "/proc/self/fd/" + handle);
  }

  private static long put(MemorySegment into, String name) {
    int length = name.length();
    if (length >= NAME_BYTES) {
      return 0;
    }
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c == 0 || c > 0xFF) {
        return 0;
      }
      into.set(ValueLayout.JAVA_BYTE, i, (byte) c);
    }
    into.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
    return into.address();
  }

  /// The name buffer used as space for a text the kernel writes.
  long textAddress() {
    return second.address();
  }

  int textBytes() {
    return NAME_BYTES;
  }

  char textChar(int index) {
    return (char) (second.get(ValueLayout.JAVA_BYTE, index) & 0xFF);
  }

  /// Address of the space for structures.
  long result() {
    return result.address();
  }

  long resultLong(int offset) {
    return result.get(LONG, offset);
  }

  int resultShort(int offset) {
    return result.get(SHORT, offset) & 0xFFFF;
  }

  void setShort(int offset, int value) {
    result.set(SHORT, offset, (short) value);
  }

  void setLong(int offset, long value) {
    result.set(LONG, offset, value);
  }

  /// Direct memory between the kernel and buffers that are not one piece of native memory; for cold paths.
  ByteBuffer bounce() {
    if (bounce.capacity() == 0) {
      bounce = ByteBuffer.allocateDirect(BOUNCE_BYTES);
    }
    return bounce.clear();
  }
}

package io.larder.transport.server;

import io.larder.protocol.wire.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into frames without copying what arrives in one piece.
///
/// ```
///   HEADER --body in this read or empty--> deliver, BUSY until done() --> HEADER
///      |----- body in parts -----> BODY --complete--> deliver, BUSY
///      |----- longer than a buffer --> STREAM: buffer after buffer, each when more() asks
///      '----- refused, or stop() -----> DISCARD
/// ```
///
/// A body in parts is gathered in one buffer into which the socket reads directly ([#readBuffer]). Frames are looked
/// at only when the one before has been answered. It knows buffers and lengths only. Owner: the event loop.
final class FrameReader {
  /// What is done with the frames.
  interface Sink {
    Intake intake(int command, long bodyLength);

    /// The header was refused as [Intake] said; everything that follows is discarded.
    void refused(Intake how, long bodyLength);

    void whole(int command, int flags, ByteBuf body);

    void begin(int command, int flags, long bodyLength, ByteBuf first);

    void chunk(ByteBuf chunk, boolean last);
  }

  /// One read of an idle connection: header and body of a small file arrive in it together.
  static final int READ_BYTES = 8 * 1024;

  private static final int GATHER_FIRST_BYTES = 16 * 1024;

  private enum State {
    HEADER,
    BODY,
    STREAM,
    DISCARD
  }

  private final Sink sink;
  private final ByteBufAllocator alloc;
  private final int chunkBytes;

  private State state = State.HEADER;
  private boolean busy;
  private boolean parsing;

  /// Received and not yet looked at: less than a header, or frames that wait for their turn.
  private @Nullable ByteBuf pending;

  private @Nullable ByteBuf gather;
  private @Nullable ByteBuf lent;
  private int gatherTarget;

  private int command;
  private int flags;
  private long bodyLength;
  private long bodyLeft;
  private boolean begun;
  private boolean asked;
  private long discarded;

  FrameReader(Sink sink, ByteBufAllocator alloc, int chunkBytes) {
    this.sink = sink;
    this.alloc = alloc;
    this.chunkBytes = chunkBytes;
  }

  /// The buffer for the next read of the socket: the rest of the body that is being gathered, else a fresh one.
  ByteBuf readBuffer() {
    lent = null;
    ByteBuf target = gather;
    if (target == null) {
      return alloc.directBuffer(READ_BYTES, READ_BYTES);
    }
    int room = growGather(target);
    if (room == 0) {
      return alloc.directBuffer(READ_BYTES, READ_BYTES);
    }
    ByteBuf slice = target.retainedSlice(target.writerIndex(), room).writerIndex(0);
    lent = slice;
    return slice;
  }

  /// A small first buffer for a peer that has only declared a length; the whole once it has sent some of it.
  private int growGather(ByteBuf target) {
    if (target.capacity() < gatherTarget && target.writableBytes() < READ_BYTES) {
      target.capacity(gatherTarget);
    }
    return target.writableBytes();
  }

  /// Takes what was read, and its ownership.
  @SuppressWarnings("ReferenceEquality") // the very buffer that was lent, not one with equal bytes
  void received(ByteBuf bytes) {
    if (state == State.DISCARD) {
      discarded += bytes.readableBytes();
      bytes.release();
      return;
    }
    ByteBuf target = gather;
    if (target != null && bytes == lent) {
      lent = null;
      target.writerIndex(target.writerIndex() + bytes.readableBytes());
      bytes.release();
    } else {
      append(bytes);
    }
    parse();
  }

  private void append(ByteBuf bytes) {
    ByteBuf before = pending;
    if (before == null) {
      pending = bytes;
      return;
    }
    ByteBuf joined = alloc.directBuffer(before.readableBytes() + bytes.readableBytes());
    joined.writeBytes(before).writeBytes(bytes);
    before.release();
    bytes.release();
    pending = joined;
  }

  private void parse() {
    if (parsing) {
      return;
    }
    parsing = true;
    try {
      while (step()) {
        // each step consumes bytes, hands something over or says that it cannot
      }
    } finally {
      parsing = false;
    }
    tidyPending();
  }

  private boolean step() {
    return switch (state) {
      case HEADER -> !busy && header();
      case BODY -> body();
      case STREAM -> stream();
      case DISCARD -> discardPending();
    };
  }

  private boolean header() {
    ByteBuf in = pending;
    if (in == null || in.readableBytes() < Header.SIZE) {
      return false;
    }
    bodyLength = in.readLong();
    command = in.readUnsignedByte();
    flags = in.readUnsignedByte();
    bodyLeft = bodyLength;
    Intake how = sink.intake(command, bodyLength);
    switch (how) {
      case WHOLE -> startWhole(in);
      case STREAM -> startStream();
      case REFUSE, CLOSE -> {
        stop();
        sink.refused(how, bodyLength);
      }
    }
    return true;
  }

  private void startWhole(ByteBuf in) {
    int length = (int) bodyLength;
    if (length > in.readableBytes()) {
      state = State.BODY;
      startGather(length, in.readableBytes());
      return;
    }
    busy = true;
    ByteBuf whole;
    if (length == 0) {
      whole = Unpooled.EMPTY_BUFFER;
    } else if (length == in.readableBytes()) {
      whole = in;
      pending = null;
    } else {
      whole = in.readRetainedSlice(length);
    }
    sink.whole(command, flags, whole);
  }

  private void startStream() {
    state = State.STREAM;
    begun = false;
    asked = true;
    busy = true;
    ByteBuf in = pending;
    startGather((int) Math.min(bodyLeft, chunkBytes), in == null ? 0 : in.readableBytes());
  }

  private void startGather(int target, int received) {
    gatherTarget = target;
    boolean sending = received + Header.SIZE >= READ_BYTES || begun;
    gather = alloc.directBuffer(sending ? target : Math.min(target, GATHER_FIRST_BYTES), target);
  }

  /// Moves what came with the header into the body buffer; true when the buffer is full.
  private boolean fill(ByteBuf target) {
    ByteBuf in = pending;
    int missing = gatherTarget - target.writerIndex();
    if (in != null && in.isReadable() && missing > 0) {
      target.writeBytes(in, Math.min(missing, in.readableBytes()));
      missing = gatherTarget - target.writerIndex();
    }
    return missing == 0;
  }

  private boolean body() {
    ByteBuf target = gather;
    if (target == null || !fill(target)) {
      return false;
    }
    gather = null;
    state = State.HEADER;
    busy = true;
    sink.whole(command, flags, target);
    return true;
  }

  private boolean stream() {
    ByteBuf target = gather;
    if (target == null || !fill(target) || !asked) {
      return false;
    }
    bodyLeft -= gatherTarget;
    boolean last = bodyLeft == 0;
    asked = false;
    boolean first = !begun;
    begun = true;
    gather = null;
    if (last) {
      state = State.HEADER;
    } else {
      startGather((int) Math.min(bodyLeft, chunkBytes), 0);
    }
    if (first) {
      sink.begin(command, flags, bodyLength, target);
    } else {
      sink.chunk(target, last);
    }
    return true;
  }

  private boolean discardPending() {
    ByteBuf in = pending;
    if (in != null) {
      discarded += in.readableBytes();
      in.release();
      pending = null;
    }
    return false;
  }

  /// Keeps no receive buffer for the few bytes of an unfinished header.
  private void tidyPending() {
    ByteBuf in = pending;
    if (in == null) {
      return;
    }
    int left = in.readableBytes();
    if (left == 0) {
      in.release();
      pending = null;
    } else if (left < Header.SIZE && in.capacity() > 4 * Header.SIZE) {
      pending = alloc.directBuffer(4 * Header.SIZE).writeBytes(in);
      in.release();
    }
  }

  /// The request has been answered: the next frame may be looked at.
  void done() {
    busy = false;
    parse();
  }

  /// The next buffer of a streamed body is wanted.
  void more() {
    asked = true;
    parse();
  }

  /// From here on everything that arrives is dropped.
  void stop() {
    state = State.DISCARD;
    ByteBuf target = gather;
    if (target != null) {
      discarded += target.readableBytes();
      target.release();
      gather = null;
    }
    discardPending();
  }

  /// Whether part of the declared body has not been handed over yet.
  boolean isBodyOpen() {
    return state == State.STREAM;
  }

  /// Whether the peer has begun a frame and owes the rest of it.
  boolean isPartial() {
    return switch (state) {
      case HEADER -> !busy && pending != null;
      case BODY -> true;
      case STREAM -> wantsRead();
      case DISCARD -> false;
    };
  }

  /// Whether the socket should be read now: not while a request is under way and another one waits already.
  boolean wantsRead() {
    return switch (state) {
      case HEADER -> !busy || pending == null;
      case STREAM -> {
        ByteBuf target = gather;
        yield target != null && target.writerIndex() < gatherTarget;
      }
      case BODY, DISCARD -> true;
    };
  }

  boolean isDiscarding() {
    return state == State.DISCARD;
  }

  /// Bytes dropped so far.
  long discarded() {
    return discarded;
  }

  /// Gives back all buffers; the connection is gone.
  void release() {
    stop();
    lent = null;
  }
}

package io.larder.http.multipart;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Takes a form apart while it arrives.
///
/// ```
///   PREAMBLE --delimiter--> LINE --CR LF--> HEAD --empty line--> BODY --delimiter--> LINE
///                             \--"--"--> END (what follows does not count)
/// ```
///
/// Between two pieces it keeps less than one delimiter or one head (at most [#HEAD_BYTES_MAX]); the bytes of parts are
/// handed on as they come. The events of a form do not depend on how it is cut into pieces.
///
/// Owner: one request.
public final class FormParser implements AutoCloseable {
  /// Longest headers of one part.
  public static final int HEAD_BYTES_MAX = 8 * 1024;

  /// Most bytes behind a delimiter on its own line.
  private static final int PADDING_MAX = 80;

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  /// What happens in a form.
  public interface Events {
    /// A part begins.
    void begin(PartHead head);

    /// Bytes of the part; the receiver becomes their owner.
    void data(ByteBuf bytes);

    /// The part is whole.
    void end();
  }

  private enum State {
    PREAMBLE,
    LINE,
    HEAD,
    BODY,
    END
  }

  private final Boundary boundary;
  private final Events events;
  private State state = State.PREAMBLE;
  private ByteBuf pending = Unpooled.copiedBuffer(new byte[] {'\r', '\n'});

  /// @param contentType the value of `Content-Type`
  /// @param events what is told of the form
  /// @throws MalformedException when the type is not that of a form with a boundary
  public FormParser(String contentType, Events events) {
    this.boundary = Boundary.of(contentType);
    this.events = events;
  }

  /// Takes the next piece.
  ///
  /// @param piece its readable bytes are read; it stays the caller's
  /// @throws MalformedException when the form breaks the grammar or a limit; nothing more may be given then
  public void feed(ByteBuf piece) {
    if (state == State.END) {
      return;
    }
    int size = pending.readableBytes() + piece.readableBytes();
    ByteBuf work = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(size, 1));
    try {
      work.writeBytes(pending).writeBytes(piece, piece.readerIndex(), piece.readableBytes());
      pending.release();
      pending = Unpooled.EMPTY_BUFFER;
      while (step(work)) {
        // each step takes one element of the grammar
      }
      pending = Unpooled.copiedBuffer(work);
    } finally {
      work.release();
    }
  }

  /// Says that no more follows.
  ///
  /// @throws MalformedException when the form is not whole
  public void finish() {
    if (state != State.END) {
      throw new MalformedException("multipart: the form ends before its last boundary");
    }
  }

  /// Gives back what is kept.
  @Override
  public void close() {
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
    state = State.END;
  }

  private boolean step(ByteBuf in) {
    return switch (state) {
      case PREAMBLE -> untilDelimiter(in, false);
      case BODY -> untilDelimiter(in, true);
      case LINE -> line(in);
      case HEAD -> head(in);
      case END -> {
        in.skipBytes(in.readableBytes());
        yield false;
      }
    };
  }

  private boolean untilDelimiter(ByteBuf in, boolean wanted) {
    int found = boundary.find(in, in.readerIndex(), in.writerIndex());
    int certain =
        found >= 0
            ? found - in.readerIndex()
            : Math.max(0, in.readableBytes() - boundary.length() + 1);
    if (certain > 0 && wanted) {
      events.data(in.readRetainedSlice(certain));
    } else {
      in.skipBytes(certain);
    }
    if (found < 0) {
      return false;
    }
    in.skipBytes(boundary.length());
    if (wanted) {
      events.end();
    }
    state = State.LINE;
    return true;
  }

  /// What stands behind a delimiter: `--` for the last one, else blanks and the end of the line.
  private boolean line(ByteBuf in) {
    if (in.readableBytes() < 2) {
      return false;
    }
    if (in.getByte(in.readerIndex()) == '-' && in.getByte(in.readerIndex() + 1) == '-') {
      state = State.END;
      return true;
    }
    int length = in.bytesBefore((byte) '\n');
    if (length < 0) {
      if (in.readableBytes() > PADDING_MAX) {
        throw new MalformedException("multipart: no line end behind a boundary");
      }
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte b = in.readByte();
      boolean allowed = b == ' ' || b == '\t' || (b == '\r' && i == length - 1);
      if (!allowed) {
        throw new MalformedException("multipart: text behind a boundary");
      }
    }
    in.skipBytes(1);
    state = State.HEAD;
    return true;
  }

  private boolean head(ByteBuf in) {
    int length = headLength(in);
    if (length > HEAD_BYTES_MAX || (length < 0 && in.readableBytes() > HEAD_BYTES_MAX)) {
      throw new MalformedException(
          "multipart: headers of a part longer than " + HEAD_BYTES_MAX + " bytes");
    }
    if (length < 0) {
      return false;
    }
    String lines = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    in.skipBytes(HEAD_END.length);
    events.begin(PartHead.parse(lines));
    state = State.BODY;
    return true;
  }

  private static int headLength(ByteBuf in) {
    int to = Math.min(in.writerIndex(), in.readerIndex() + HEAD_BYTES_MAX + HEAD_END.length);
    for (int at = in.readerIndex(); at + HEAD_END.length <= to; at++) {
      if (in.getByte(at) == '\r'
          && in.getByte(at + 1) == '\n'
          && in.getByte(at + 2) == '\r'
          && in.getByte(at + 3) == '\n') {
        return at - in.readerIndex();
      }
    }
    return -1;
  }
}

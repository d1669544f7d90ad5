package io.larder.transport.server;

import io.larder.protocol.wire.Header;
import java.util.function.IntPredicate;

/// How a role treats the lengths that peers declare (S1 §1.3, §1.4). Pure.
///
/// @param bufferBytes the largest frame that is gathered in one buffer, header included (`buff_size`)
/// @param limit what happens to a longer frame of a command that does not stream
/// @param closeAfterInvalid whether a reply with status 22 and no body ends the connection
/// @param streams the commands whose body may be longer than a buffer
public record FrameRules(
    int bufferBytes, Intake limit, boolean closeAfterInvalid, IntPredicate streams) {
  /// The reference's default of `buff_size`.
  public static final int BUFFER_BYTES_DEFAULT = 256 * 1024;

  public FrameRules {
    if (bufferBytes < 2 * Header.SIZE) {
      throw new IllegalArgumentException("buff_size: " + bufferBytes);
    }
    if (limit != Intake.REFUSE && limit != Intake.CLOSE) {
      throw new IllegalArgumentException("limit: " + limit);
    }
  }

  /// A tracker: a frame over the limit ends the connection at once, an invalid request does not.
  public static FrameRules tracker(int bufferBytes) {
    return new FrameRules(bufferBytes, Intake.CLOSE, false, command -> false);
  }

  /// A storage: some commands stream, another one that long is refused, and "invalid" ends the connection.
  public static FrameRules storage(int bufferBytes, IntPredicate streams) {
    return new FrameRules(bufferBytes, Intake.REFUSE, true, streams);
  }

  /// Decides on a header.
  public Intake intake(int command, long bodyLength) {
    if (bodyLength < 0) {
      return Intake.CLOSE;
    }
    if (streams.test(command)) {
      return bodyLength <= bufferBytes - Header.SIZE ? Intake.WHOLE : Intake.STREAM;
    }
    return bodyLength <= gatheredMax() ? Intake.WHOLE : limit;
  }

  /// The reference's tracker takes a frame that fills the buffer, its storage needs one byte to spare.
  private long gatheredMax() {
    return bufferBytes - Header.SIZE - (limit == Intake.REFUSE ? 1L : 0L);
  }
}

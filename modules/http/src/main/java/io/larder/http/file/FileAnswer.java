package io.larder.http.file;

import java.util.List;

/// What is answered to a request for a file: everything but the bytes of the file themselves.
///
/// @param status the HTTP status
/// @param headers all headers but `Date`, `Connection` and `Content-Length`
/// @param length the value of `Content-Length`; -1 when the header is not sent (204, 304)
/// @param body where the body comes from
public record FileAnswer(int status, AnswerHeaders headers, long length, Body body) {

  /// Where a body comes from.
  public sealed interface Body {}

  /// There is none: HEAD, 304.
  public record Nothing() implements Body {}

  /// A text, given here.
  ///
  /// @param text the whole body
  public record Text(String text) implements Body {}

  /// A run of bytes of the file.
  ///
  /// @param slice which; may be empty
  public record Bytes(Slice slice) implements Body {}

  /// Several runs, each with a text before it, and a text behind the last (`multipart/byteranges`).
  ///
  /// @param parts in the order asked for
  /// @param end what follows the last one
  public record Parts(List<Part> parts, String end) implements Body {
    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /// One of several runs.
  ///
  /// @param intro what stands before it, ASCII
  /// @param slice the bytes
  public record Part(String intro, Slice slice) {}

  static final Body NOTHING = new Nothing();
}

package io.larder.http.download;

import io.larder.http.file.FileAnswer;
import io.larder.http.file.Slice;
import java.util.ArrayDeque;
import java.util.Optional;

/// What a body is made of, in order: texts and runs of bytes of the file.
final class Segments {
  /// One of them.
  sealed interface Segment {}

  /// A text, ASCII.
  record Text(String text) implements Segment {}

  /// Bytes of the file.
  record Bytes(Slice slice) implements Segment {}

  private final ArrayDeque<Segment> left = new ArrayDeque<>();

  private Segments() {}

  static Segments of(FileAnswer.Body body) {
    var segments = new Segments();
    switch (body) {
      case FileAnswer.Nothing _ -> {}
      case FileAnswer.Text(String text) -> segments.left.add(new Text(text));
      case FileAnswer.Bytes(Slice slice) -> segments.add(slice);
      case FileAnswer.Parts(var parts, String end) -> {
        for (FileAnswer.Part part : parts) {
          segments.left.add(new Text(part.intro()));
          segments.add(part.slice());
        }
        segments.left.add(new Text(end));
      }
    }
    return segments;
  }

  private void add(Slice slice) {
    if (slice.length() > 0) {
      left.add(new Bytes(slice));
    }
  }

  /// The next one; empty when there are no more.
  Optional<Segment> next() {
    return Optional.ofNullable(left.poll());
  }

  /// Whether there are no more.
  boolean isEmpty() {
    return left.isEmpty();
  }
}

package io.larder.http.multipart;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes down what a parser tells.
final class RecordedForm implements FormParser.Events {
  /// A part with all its bytes.
  record Part(PartHead head, String content) {}

  final List<Part> parts = new ArrayList<>();
  private final StringBuilder content = new StringBuilder();
  private PartHead head = new PartHead("", java.util.Optional.empty());

  @Override
  public void begin(PartHead begun) {
    head = begun;
    content.setLength(0);
  }

  @Override
  public void data(ByteBuf bytes) {
    content.append(bytes.toString(StandardCharsets.ISO_8859_1));
    bytes.release();
  }

  @Override
  public void end() {
    parts.add(new Part(head, content.toString()));
  }

  /// Parses a body in pieces of a size.
  static RecordedForm of(String contentType, String body, int pieceSize) {
    RecordedForm form = new RecordedForm();
    try (FormParser parser = new FormParser(contentType, form)) {
      for (int at = 0; at < body.length(); at += pieceSize) {
        String piece = body.substring(at, Math.min(body.length(), at + pieceSize));
        parser.feed(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
      }
      parser.finish();
    }
    return form;
  }
}

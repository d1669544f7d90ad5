package io.larder.platform;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Translates between the names of the [Disk] port (one char is one byte) and the JDK's paths (text in the encoding of
/// the process).
public final class PathNames {
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);

  private PathNames() {}

  /// The bytes of a path as the kernel gets them.
  static String bytesOf(Path path) {
    return bytesOf(path.toString());
  }

  /// The bytes of a path's text as the kernel gets them, one char per byte; nothing is normalised.
  public static String bytesOf(String path) {
    return new String(path.getBytes(NATIVE), StandardCharsets.ISO_8859_1);
  }

  /// The text that the JDK turns into exactly these bytes; empty when there is none.
  static Optional<String> textOf(String name) {
    if (name.chars().allMatch(c -> c > 0 && c < 0x80)) {
      return Optional.of(name);
    }
    try {
      byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
      String text = NATIVE.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf(0) < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

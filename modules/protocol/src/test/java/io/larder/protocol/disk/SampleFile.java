package io.larder.protocol.disk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Files of data directories that C storages wrote, from the class path.
final class SampleFile {
  private SampleFile() {}

  static String text(String path) {
    return bytes(path).toString(StandardCharsets.ISO_8859_1);
  }

  static ByteBuf bytes(String path) {
    try (InputStream in = SampleFile.class.getResourceAsStream("/sample-datadir/" + path)) {
      if (in == null) {
        throw new FileNotFoundException(path);
      }
      return Unpooled.wrappedBuffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

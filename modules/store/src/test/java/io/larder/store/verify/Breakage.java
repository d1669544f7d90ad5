package io.larder.store.verify;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Breaks files in one way each.
public final class Breakage {
  private Breakage() {}

  /// Flips one bit.
  public static void flip(Path file, long offset) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toString(), "rw")) {
      bytes.seek(offset);
      int value = bytes.read();
      bytes.seek(offset);
      bytes.write(value ^ 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void write(Path file, String content) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void append(Path file, String content) {
    try {
      Files.writeString(file, content, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void rename(Path file, String name) {
    try {
      Files.move(file, file.resolveSibling(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void truncate(Path file, long size) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toString(), "rw")) {
      bytes.setLength(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a slot into a trunk file.
  public static void slot(Path trunkFile, long offset, TrunkSlotHeader header, String content) {
    ByteBuf bytes = Unpooled.buffer();
    header.write(bytes);
    bytes.writeCharSequence(content, StandardCharsets.ISO_8859_1);
    try (RandomAccessFile file = new RandomAccessFile(trunkFile.toString(), "rw")) {
      file.seek(offset);
      file.write(bytes.array(), 0, bytes.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A disk of some form with an empty folder on it, and short ways to write and read there.
abstract class DiskRig {
  static final int MODE = 0b110_100_100;
  static final int NEW = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;

  private Disk disk;
  private int base;

  abstract Disk create();

  /// An empty folder on the disk.
  abstract Path folder();

  /// The content of a file in the folder, read past the port.
  abstract String content(String name);

  @BeforeEach
  void open() {
    disk = create();
    base = disk.openDirectory(folder());
    assertThat(base).isNotNegative();
  }

  @AfterEach
  void close() {
    assertThat(disk.close(base)).isZero();
  }

  Disk disk() {
    return disk;
  }

  int base() {
    return base;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    assertThat(disk.list(base, ".", names)).isZero();
    return names;
  }

  void write(String name, String content) {
    int file = disk.open(base, name, NEW, MODE);
    assertThat(file).isNotNegative();
    assertThat(disk.write(file, 0, bytes(content), 0, content.length()))
        .isEqualTo(content.length());
    disk.close(file);
  }

  String read(String name, long position, int length) {
    int file = disk.open(base, name, OpenFlags.READ, 0);
    ByteBuf into = Unpooled.directBuffer(length);
    int read = disk.read(file, position, into, 0, length);
    disk.close(file);
    return into.toString(0, read, StandardCharsets.ISO_8859_1);
  }

  static ByteBuf bytes(String text) {
    return Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}

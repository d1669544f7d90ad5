package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A [MemoryDisk] with an empty folder, and short ways to do things there that must succeed.
final class MemoryRig {
  static final Path FOLDER = Path.of("/data");
  private static final int MODE = 0b110_100_100;

  final MemoryDisk disk = new MemoryDisk();
  int base;

  MemoryRig() {
    disk.makeDirectories(FOLDER);
    open();
  }

  private void open() {
    base = disk.openDirectory(FOLDER);
  }

  private static int done(int result) {
    assertThat(result).isNotNegative();
    return result;
  }

  /// Opens a file for everything, made when it is missing.
  int file(String name) {
    int flags = OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREATE;
    return done(disk.open(base, name, flags, MODE));
  }

  /// A file with a content, all durable.
  int durable(String name, String content) {
    int file = file(name);
    write(file, 0, content);
    disk.syncFileSystem(base);
    return file;
  }

  int unnamed() {
    return done(disk.open(base, ".", OpenFlags.WRITE | OpenFlags.UNNAMED, MODE));
  }

  void write(int file, long position, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    done(disk.write(file, position, Unpooled.wrappedBuffer(bytes), 0, bytes.length));
  }

  void directory(String name) {
    done(disk.makeDirectory(base, name, 0b111_101_101));
  }

  void rename(String from, String to) {
    done(disk.rename(base, from, to));
  }

  void link(String from, String to) {
    done(disk.link(base, from, to));
  }

  void unlink(String name) {
    done(disk.unlink(base, name));
  }

  void sync(int file) {
    done(disk.sync(file));
  }

  void syncDirectory(String name) {
    done(disk.syncDirectory(base, name));
  }

  void syncFileSystem() {
    done(disk.syncFileSystem(base));
  }

  /// Cuts the power and starts again.
  void cut(PowerCut choice) {
    disk.powerCut(choice);
    open();
  }

  /// Kills the process and starts the next.
  void kill() {
    disk.kill();
    open();
  }

  String content(String name) {
    return new String(disk.content(FOLDER.resolve(name)), StandardCharsets.ISO_8859_1);
  }

  boolean exists(String name) {
    return disk.exists(FOLDER.resolve(name));
  }

  /// Every file in the folder and below.
  List<String> files() {
    return disk.files(FOLDER).stream().map(file -> FOLDER.relativize(file).toString()).toList();
  }

  /// Names in the folder.
  List<String> names() {
    List<String> names = new ArrayList<>();
    done(disk.list(base, ".", names));
    return names;
  }

  FileStatus status(String name) {
    FileStatus status = new FileStatus();
    done(disk.status(base, name, false, status));
    return status;
  }
}

package io.larder.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Plays calls that numbers stand for on a disk, and tells the answers in a form that can be compared.
final class DiskPlayer {
  private static final String[] NAMES = {
    "a", "b", "c", "d", "d/a", "d/b", "d/e", "d/e/a", "l", "l/a", "d/../b", "./c", "no/a", "a/b"
  };
  private static final int READ_WRITE = OpenFlags.READ | OpenFlags.WRITE;
  private static final int[] FLAGS = {
    OpenFlags.READ,
    READ_WRITE | OpenFlags.CREATE,
    READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE,
    OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE,
    READ_WRITE | OpenFlags.NO_FOLLOW,
    OpenFlags.APPEND | OpenFlags.CREATE,
    READ_WRITE | OpenFlags.UNNAMED
  };

  private record Opened(int handle, int flags) {
    boolean appends() {
      return (flags & OpenFlags.APPEND) != 0;
    }
  }

  private final Disk disk;
  private final int base;
  private final List<Opened> opened = new ArrayList<>();

  DiskPlayer(Disk disk, int base) {
    this.disk = disk;
    this.base = base;
  }

  /// Makes a call.
  ///
  /// @param choice any number of 0 or more
  /// @return what was called and what came back
  String step(int choice) {
    int detail = choice / 20;
    String name = NAMES[detail % NAMES.length];
    String other = NAMES[detail / NAMES.length % NAMES.length];
    return switch (choice % 20) {
      case 0, 1, 2, 3 -> open(name, detail / NAMES.length % FLAGS.length);
      case 4 -> "mkdir " + name + " " + disk.makeDirectory(base, name, 0b111_101_101);
      case 5 -> "link " + name + " " + other + " " + disk.link(base, name, other);
      case 6 -> "symlink " + other + " " + name + " " + disk.symbolicLink(other, base, name);
      case 7 -> "unlink " + name + " " + disk.unlink(base, name);
      case 8, 9 -> "rename " + name + " " + other + " " + disk.rename(base, name, other);
      case 10 -> renameToNew(name, other);
      case 11 -> list(name);
      case 12 -> status(name, detail % 2 == 0);
      default -> onHandle(choice % 20, detail);
    };
  }

  private String open(String name, int kind) {
    int handle = disk.open(base, name, FLAGS[kind], 0b110_100_100);
    if (handle >= 0) {
      opened.add(new Opened(handle, FLAGS[kind]));
    }
    return "open " + name + " " + kind + " " + Math.min(handle, 0);
  }

  /// A directory that would get below itself is refused with one number or the other.
  private String renameToNew(String from, String to) {
    int result = disk.renameToNew(base, from, to);
    return "renameToNew " + from + " " + to + (result == -Errno.EPERM ? -Errno.EINVAL : result);
  }

  private String list(String name) {
    List<String> names = new ArrayList<>();
    int result = disk.list(base, name, names);
    Collections.sort(names);
    return "list " + name + " " + result + " " + names;
  }

  private String status(String name, boolean follow) {
    FileStatus status = new FileStatus();
    return "status " + name + " " + disk.status(base, name, follow, status) + " " + text(status);
  }

  private static String text(FileStatus status) {
    return status.kind() + (status.isDirectory() ? "" : " " + status.size());
  }

  private String onHandle(int kind, int detail) {
    if (opened.isEmpty()) {
      return "";
    }
    int number = detail % opened.size();
    int handle = opened.get(number).handle();
    boolean appends = opened.get(number).appends();
    int place = detail / 7 % 10_000;
    return number
        + switch (kind) {
          case 13 -> appends ? append(handle, place) : write(handle, place, detail);
          case 14 -> " truncate " + place + " " + disk.truncate(handle, place);
          case 15 -> read(handle, place);
          case 16 -> appends ? "" : copy(handle, detail, place);
          case 17 -> {
            FileStatus status = new FileStatus();
            yield " status " + disk.status(handle, status) + " " + text(status);
          }
          case 18 -> " close " + disk.close(opened.remove(number).handle());
          default -> {
            String name = NAMES[place % NAMES.length];
            yield " name " + name + " " + disk.linkUnnamed(handle, base, name);
          }
        };
  }

  private String write(int handle, int place, int detail) {
    ByteBuf bytes = Unpooled.copiedBuffer("w" + detail, StandardCharsets.US_ASCII);
    return " write " + disk.write(handle, place, bytes, 0, bytes.readableBytes());
  }

  private String append(int handle, int place) {
    ByteBuf bytes = Unpooled.copiedBuffer("a" + place, StandardCharsets.US_ASCII);
    return " append " + disk.append(handle, bytes, 0, bytes.readableBytes());
  }

  private String read(int handle, int place) {
    ByteBuf into = Unpooled.buffer(4000).setZero(0, 4000);
    int read = disk.read(handle, place, into, 0, 4000);
    return " read " + read + " " + into.toString(0, Math.max(read, 0), StandardCharsets.ISO_8859_1);
  }

  /// No more than there is: in a copy within one file the source may grow on the way.
  private String copy(int to, int detail, int place) {
    int from = opened.get(detail / 3 % opened.size()).handle();
    FileStatus status = new FileStatus();
    disk.status(from, status);
    long there = status.isDirectory() ? 1 : status.size() - place / 3;
    return " copy " + disk.copy(from, place / 3, to, place, Math.clamp(there, 1, 5000));
  }

  /// Everything that is there, and closes what is open.
  String end() {
    StringBuilder found = new StringBuilder();
    for (String name : new String[] {".", "d", "d/e", "b", "c"}) {
      found.append(list(name)).append('\n');
    }
    for (String name : NAMES) {
      found.append(status(name, false)).append(status(name, true));
      if (open(name, 0).endsWith(" 0")) {
        found
            .append(read(opened.getLast().handle(), 0))
            .append(read(opened.getLast().handle(), 9_000));
      }
      found.append('\n');
    }
    opened.forEach(one -> disk.close(one.handle()));
    return found.toString();
  }
}

package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// One line of the sync binlog: `timestamp op name[ extra]` (S4 §1.1).
///
/// Names are logical names as texts; the records of metadata carry `<name>-m`.
///
/// @param timestamp epoch seconds; not an order
/// @param replicated whether a peer's change was applied (lower-case op) or a client's was carried out
/// @param change what was done
public record BinlogRecord(int timestamp, boolean replicated, Change change) {
  /// Longest line, newline included.
  public static final int LINE_MAX = 255;

  /// Longest name.
  public static final int NAME_MAX = 127;

  /// Shorter or equal names are no names: such lines say nothing (S4 §1.3).
  static final int NAME_TOO_SHORT = 10;

  /// What a record says happened.
  public sealed interface Change {
    /// The name that was changed or made.
    String name();

    /// The op in upper case.
    char op();
  }

  /// `C`: a file is there that was not.
  public record Create(String name) implements Change {
    @Override
    public char op() {
      return 'C';
    }
  }

  /// `A`: bytes were added at the end.
  public record Append(String name, long offset, long length) implements Change {
    @Override
    public char op() {
      return 'A';
    }
  }

  /// `D`: a file is gone.
  public record Delete(String name) implements Change {
    @Override
    public char op() {
      return 'D';
    }
  }

  /// `U`: a metadata file has other content.
  public record Update(String name) implements Change {
    @Override
    public char op() {
      return 'U';
    }
  }

  /// `M`: bytes were written over.
  public record Modify(String name, long offset, long length) implements Change {
    @Override
    public char op() {
      return 'M';
    }
  }

  /// `T`: a file is shorter or longer.
  public record Truncate(String name, long oldSize, long newSize) implements Change {
    @Override
    public char op() {
      return 'T';
    }
  }

  /// `L`: a name for another file.
  public record Link(String name, String source) implements Change {
    @Override
    public char op() {
      return 'L';
    }
  }

  /// `R`: a file has a new name.
  public record Rename(String name, String oldName) implements Change {
    @Override
    public char op() {
      return 'R';
    }
  }

  public BinlogRecord {
    checkName(change.name());
  }

  /// Reads a line without its newline.
  ///
  /// @throws MalformedException with the field that is wrong; readers of files use [BinlogLine]
  public static BinlogRecord parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length < 3 || fields[1].length() != 1) {
      throw new MalformedException("binlog_line: '" + line + "'");
    }
    char op = fields[1].charAt(0);
    char upper = op >= 'a' && op <= 'z' ? (char) (op - 'a' + 'A') : op;
    return new BinlogRecord(timestamp(fields[0]), op != upper, change(upper, fields));
  }

  private static Change change(char op, String[] fields) {
    String name = fields[2];
    checkName(name);
    return switch (op) {
      case 'C' -> count(fields, 3, new Create(name));
      case 'D' -> count(fields, 3, new Delete(name));
      case 'U' -> count(fields, 3, new Update(name));
      case 'A' -> count(fields, 5, new Append(name, number(fields, 3), number(fields, 4)));
      case 'M' -> count(fields, 5, new Modify(name, number(fields, 3), number(fields, 4)));
      case 'T' -> count(fields, 5, new Truncate(name, number(fields, 3), number(fields, 4)));
      case 'L' -> count(fields, 4, new Link(name, name(fields, 3)));
      case 'R' -> count(fields, 4, new Rename(name, name(fields, 3)));
      default -> throw new MalformedException("binlog_op: '" + fields[1] + "'");
    };
  }

  private static <C extends Change> C count(String[] fields, int needed, C change) {
    if (fields.length != needed) {
      throw new MalformedException("binlog_line: " + fields.length + " fields");
    }
    return change;
  }

  private static String name(String[] fields, int at) {
    String name = at < fields.length ? fields[at] : "";
    checkName(name);
    return name;
  }

  private static void checkName(String name) {
    if (name.length() <= NAME_TOO_SHORT || name.length() > NAME_MAX) {
      throw new MalformedException("binlog_name: '" + name + "'");
    }
  }

  private static long number(String[] fields, int at) {
    try {
      long number = Long.parseLong(at < fields.length ? fields[at] : "");
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for numbers below 0
    }
    throw new MalformedException("binlog_line: no number in field " + at);
  }

  private static int timestamp(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new MalformedException("binlog_timestamp: '" + text + "'");
    }
  }

  /// Appends the line with its newline.
  public void write(ByteBuf out) {
    ascii(out, Integer.toString(timestamp));
    out.writeByte(' ');
    out.writeByte(replicated ? change.op() - 'A' + 'a' : change.op());
    out.writeByte(' ');
    ascii(out, change.name());
    switch (change) {
      case Append append -> numbers(out, append.offset, append.length);
      case Modify modify -> numbers(out, modify.offset, modify.length);
      case Truncate truncate -> numbers(out, truncate.oldSize, truncate.newSize);
      case Link link -> other(out, link.source);
      case Rename rename -> other(out, rename.oldName);
      case Create _, Delete _, Update _ -> {}
    }
    out.writeByte('\n');
  }

  private static void numbers(ByteBuf out, long first, long second) {
    other(out, Long.toString(first));
    other(out, Long.toString(second));
  }

  private static void other(ByteBuf out, String text) {
    out.writeByte(' ');
    ascii(out, text);
  }

  private static void ascii(ByteBuf out, String text) {
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }
}

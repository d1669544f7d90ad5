package io.larder.store.scrub;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.util.Collection;
import java.util.List;

/// Decides what the content of a stored file can be held against: the table of what the CRC field of a name is by kind of
/// file, turned into a rule (S3 §2.1). Pure.
///
/// A name proves the size and the CRC32 of its content only when it is a plain file's or a trunk slot's. Slaves carry
/// their master's fields, appenders those of their first content, links random ones; a scrubber that compared them would
/// call most of a healthy store damaged. Where this rule says *compare* and the content does not fit, it is still not
/// certain that the content is wrong: a replica decides.
///
/// | found | log says | answer |
/// | --- | --- | --- |
/// | plain name, regular file | file, or nothing known | compare the CRC |
/// | the same, beside another name that could be its master | any | nothing: one of the two is a slave |
/// | plain name, regular file | link | nothing: a copy of a link, made by a peer |
/// | plain name, regular file of another size | renamed appender | nothing: changed while it got its name |
/// | trunk slot, type file | file, or nothing known | compare the CRC |
/// | trunk slot, type file | link | nothing |
/// | trunk slot, type link | any | compare the size: the content is the name of another file |
/// | symbolic link | any | nothing |
/// | appender, slave, metadata, trunk file, foreign name | any | nothing |
public final class ContentRule {
  private ContentRule() {}

  /// What lies under a name.
  public sealed interface Found {
    /// A regular file.
    ///
    /// @param size its bytes
    record Regular(long size) implements Found {}

    /// A symbolic link.
    record SymbolicLink() implements Found {}

    /// A used slot of a trunk file.
    record Slot(TrunkSlotHeader header) implements Found {}
  }

  /// What the binlog says a name was made as.
  public enum Logged {
    /// Nothing: there is no log, or the name is not in it.
    UNKNOWN,
    /// A file of its own (`C`, `c`).
    FILE,
    /// A link (`L`, `l`).
    LINK,
    /// An appender that became a plain file (`R`, `r`).
    RENAMED
  }

  /// Why nothing can be said.
  public enum Reason {
    SLAVE("a slave carries its master's size and CRC"),
    APPENDER("an appender changes and keeps the CRC of its first content"),
    LINK("a link carries random bits for a CRC"),
    REGENERATED("it was changed while it got its name"),
    RELATIVE("another name shares its first 37 characters, so one of them is a slave"),
    METADATA("metadata carries the CRC of its file"),
    TRUNK_FILE("a trunk file holds files that are looked at one by one"),
    FOREIGN("the name says nothing");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /// The reason in words.
    public String text() {
      return text;
    }
  }

  /// What the content can be held against.
  public sealed interface Answer {
    /// Size and CRC32 of the content are known.
    record CompareCrc(long size, int crc32) implements Answer {}

    /// Only the size is known.
    record CompareSize(long size) implements Answer {}

    /// Nothing is known.
    record Nothing(Reason reason) implements Answer {}
  }

  /// What can be said about a file.
  ///
  /// @param name its name
  /// @param found what lies there
  /// @param relatives file names of its directory, at least those that share its coded part ([#relatives])
  /// @param logged what the log says
  public static Answer of(
      LogicalName name, Found found, Collection<String> relatives, Logged logged) {
    return switch (found) {
      case Found.SymbolicLink() -> nothing(Reason.LINK);
      case Found.Slot(TrunkSlotHeader header) -> ofSlot(header, logged);
      case Found.Regular(long size) -> ofRegular(name, size, relatives, logged);
    };
  }

  /// What can be said about a used slot, whatever its name is.
  public static Answer ofSlot(TrunkSlotHeader header, Logged logged) {
    if (header.type() == TrunkSlotHeader.LINK) {
      return new Answer.CompareSize(header.fileSize());
    }
    return logged == Logged.LINK
        ? nothing(Reason.LINK)
        : new Answer.CompareCrc(header.fileSize(), header.crc32());
  }

  private static Answer ofRegular(
      LogicalName name, long size, Collection<String> relatives, Logged logged) {
    return switch (NameKind.of(name)) {
      case APPENDER -> nothing(Reason.APPENDER);
      case SLAVE -> nothing(Reason.SLAVE);
      case METADATA -> nothing(Reason.METADATA);
      case TRUNK_FILE -> nothing(Reason.TRUNK_FILE);
      case TRUNK_SLOT, FOREIGN -> nothing(Reason.FOREIGN);
      case PLAIN -> ofPlain(name, size, relatives, logged);
    };
  }

  private static Answer ofPlain(
      LogicalName name, long size, Collection<String> relatives, Logged logged) {
    if (logged == Logged.LINK) {
      return nothing(Reason.LINK);
    }
    String fileName = name.fileName();
    if (relatives.stream().anyMatch(other -> couldBeMasterOf(fileName, other))) {
      return nothing(Reason.RELATIVE);
    }
    FileFacts facts = FileFacts.of(name).orElseThrow();
    long named = facts.size().orElseThrow();
    return logged == Logged.RENAMED && named != size
        ? nothing(Reason.REGENERATED)
        : new Answer.CompareCrc(named, facts.crc32());
  }

  /// Whether two names may be master and slave with nothing to tell which is which. Longer names are slaves by their
  /// length, so they raise no doubt about a plain one: else no file with a thumbnail could ever be checked.
  private static boolean couldBeMasterOf(String name, String other) {
    return share(name, other)
        && !other.equals(name)
        && other.length() <= name.length()
        && NameKind.of(other) != NameKind.METADATA;
  }

  private static boolean share(String name, String other) {
    return other.length() >= FileFacts.CODED_LENGTH
        && name.regionMatches(0, other, 0, FileFacts.CODED_LENGTH);
  }

  /// The names of a directory that share the coded part of one of them: its slaves, its master, its metadata, itself.
  ///
  /// @param sorted file names in the order of their bytes
  /// @param at which one
  public static List<String> relatives(List<String> sorted, int at) {
    String name = sorted.get(at);
    int from = at;
    while (from > 0 && share(sorted.get(from - 1), name)) {
      from--;
    }
    int to = at + 1;
    while (to < sorted.size() && share(sorted.get(to), name)) {
      to++;
    }
    return sorted.subList(from, to);
  }

  private static Answer nothing(Reason reason) {
    return new Answer.Nothing(reason);
  }
}

package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `.larder/suspects` in a store path: the files of that path that are suspect. It is replaced as a whole, so a reader sees
/// one state or another, at any moment and after any crash.
///
/// ```
/// larder-suspects 1 <how many more were found than are listed>
/// <first seen> <last seen> <fault> <what the binlog says> <detail> <name>
/// ```
public final class SuspectFile {
  /// Its name, relative to `data` of the store path.
  public static final String NAME = ".larder/suspects";

  private static final String FORM = "larder-suspects 1 ";
  private static final int BYTES_MAX = 16 << 20;

  private final SmallFile file;

  /// What is in it.
  ///
  /// @param suspects those that are listed
  /// @param more how many more were found
  public record Content(List<Suspect> suspects, long more) {
    /// Nothing is suspect.
    public static final Content NONE = new Content(List.of(), 0);

    public Content {
      suspects = List.copyOf(suspects);
    }
  }

  /// @param directory handle of `data` of the store path
  public SuspectFile(Disk disk, int directory) {
    file = new SmallFile(disk, directory, NAME);
  }

  /// Reads it.
  ///
  /// @throws DiskException when the disk fails
  /// @throws MalformedException when it is of another form
  public Content read() throws DiskException {
    Optional<byte[]> bytes = file.read(BYTES_MAX);
    return bytes.isEmpty()
        ? Content.NONE
        : parse(new String(bytes.get(), StandardCharsets.ISO_8859_1));
  }

  /// Reads its text.
  ///
  /// @throws MalformedException when it is of another form
  public static Content parse(String text) {
    List<String> lines = text.lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    if (!first.matches(FORM + "\\d{1,18}")) {
      throw new MalformedException("suspects: the first line is not '" + FORM + "NUMBER'");
    }
    List<Suspect> suspects = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      suspects.add(Suspect.parse(line));
    }
    return new Content(suspects, Long.parseLong(first.substring(FORM.length())));
  }

  /// Replaces it.
  ///
  /// @throws DiskException when it cannot be written; the old content is still there
  void write(Content content) throws DiskException {
    StringBuilder text = new StringBuilder(FORM).append(content.more()).append('\n');
    content.suspects().forEach(suspect -> text.append(suspect.line()).append('\n'));
    file.replace(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}

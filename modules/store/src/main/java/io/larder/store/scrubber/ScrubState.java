package io.larder.store.scrubber;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How far the scrub of a store path is: the pass under way, and the last one that was finished. What `.larder/scrub`
/// holds:
///
/// ```
/// larder-scrub 1
/// pass <begun> <HH/LL> <files> <bytes> <suspects> <name or ->
/// last <begun> <ended> <files> <bytes> <suspects>
/// ```
///
/// @param pass empty when none is under way
/// @param last empty when none was ever finished
public record ScrubState(Optional<Pass> pass, Optional<Done> last) {
  /// Nothing was ever done.
  static final ScrubState NONE = new ScrubState(Optional.empty(), Optional.empty());

  private static final String FORM = "larder-scrub 1";
  private static final String NO_NAME = "-";
  private static final int PASS_FIELDS = 7;
  private static final int DONE_FIELDS = 6;
  private static final int DIRECTORY_LENGTH = 5;

  /// A pass under way.
  ///
  /// @param begun when it began, epoch seconds
  /// @param directory where it is, outer directory times 256 plus inner
  /// @param after the last entry there that is done; empty when none is
  /// @param sums what was done so far
  public record Pass(long begun, int directory, String after, Sums sums) {}

  /// A pass that came to its end.
  ///
  /// @param begun when it began, epoch seconds
  /// @param ended when it ended, epoch seconds
  /// @param sums what was done
  public record Done(long begun, long ended, Sums sums) {}

  /// What a pass did.
  ///
  /// @param files files and slots that were looked at
  /// @param bytes bytes that were read
  /// @param suspects suspect files that were found
  public record Sums(long files, long bytes, long suspects) {
    /// Nothing yet.
    static final Sums NONE = new Sums(0, 0, 0);

    private String text() {
      return files + " " + bytes + " " + suspects;
    }

    private static Sums parse(String[] fields, int at) {
      return new Sums(
          Long.parseLong(fields[at]),
          Long.parseLong(fields[at + 1]),
          Long.parseLong(fields[at + 2]));
    }
  }

  /// Reads the text of the file.
  ///
  /// @throws MalformedException when it is of another form
  public static ScrubState parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FORM)) {
      throw new MalformedException("scrub: the first line is not '" + FORM + "'");
    }
    ScrubState state = NONE;
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(" ", PASS_FIELDS); // a name may have blanks in it
      try {
        state = state.with(fields);
      } catch (IllegalArgumentException _) {
        throw new MalformedException("scrub: '" + line + "'");
      }
    }
    return state;
  }

  private ScrubState with(String[] fields) {
    if (fields[0].equals("pass") && fields.length == PASS_FIELDS) {
      String after = fields[6].equals(NO_NAME) ? "" : fields[6];
      Pass read =
          new Pass(Long.parseLong(fields[1]), directory(fields[2]), after, Sums.parse(fields, 3));
      return new ScrubState(Optional.of(read), last);
    }
    if (fields[0].equals("last") && fields.length == DONE_FIELDS) {
      Done read =
          new Done(Long.parseLong(fields[1]), Long.parseLong(fields[2]), Sums.parse(fields, 3));
      return new ScrubState(pass, Optional.of(read));
    }
    throw new IllegalArgumentException(fields[0]);
  }

  private static int directory(String text) {
    if (text.length() != DIRECTORY_LENGTH || text.charAt(2) != '/') {
      throw new IllegalArgumentException(text);
    }
    return HexFormat.fromHexDigits(text, 0, 2) << 8
        | HexFormat.fromHexDigits(text, 3, DIRECTORY_LENGTH);
  }

  /// The text of the file.
  String text() {
    StringBuilder text = new StringBuilder(FORM).append('\n');
    pass.ifPresent(now -> {
      text.append("pass ").append(now.begun()).append(' ');
      text.append(DataLayout.directory(now.directory() >> 8, now.directory() & 0xFF)).append(' ');
      text.append(now.sums().text()).append(' ');
      text.append(now.after().isEmpty() ? NO_NAME : now.after()).append('\n');
    });
    last.ifPresent(done -> {
      text.append("last ").append(done.begun()).append(' ').append(done.ended()).append(' ');
      text.append(done.sums().text()).append('\n');
    });
    return text.toString();
  }
}

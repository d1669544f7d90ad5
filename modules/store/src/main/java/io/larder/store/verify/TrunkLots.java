package io.larder.store.verify;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.store.scrub.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `.larder/trunk-lots` in the base path: space of trunk files that was reserved for many slots at once and is not known
/// to be in use. A first line with the form and the epoch second of its writing, then a line per piece: `L` for reserved
/// space or `F` for a trunk file that is being made or removed, then path, directories, trunk file, offset and size as in
/// the trunk binlog.
///
/// @param writtenAt when it was written, epoch seconds
/// @param pieces what is reserved
public record TrunkLots(long writtenAt, List<TrunkLots.Piece> pieces) {
  /// Its name, relative to `data` of the base path.
  public static final String NAME = ".larder/trunk-lots";

  private static final String FORM = "larder-trunk-lots 1";

  private static final Pattern FIRST_LINE = Pattern.compile(FORM + " (\\d{1,18})");

  public TrunkLots {
    pieces = List.copyOf(pieces);
  }

  /// A piece of it.
  ///
  /// @param file whether a trunk file is being made or removed, else space is reserved
  /// @param storePath index of the store path
  /// @param high outer directory
  /// @param low inner directory
  /// @param trunkFileId number of the trunk file
  /// @param span where in it
  public record Piece(boolean file, int storePath, int high, int low, int trunkFileId, Span span) {}

  /// Reads the file.
  ///
  /// @throws MalformedException when it is of another form
  public static TrunkLots parse(String text) {
    List<String> lines = text.lines().toList();
    Matcher first = FIRST_LINE.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!first.matches()) {
      throw new MalformedException("trunk_lots: the first line is not '" + FORM + " SECONDS'");
    }
    List<Piece> pieces = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      pieces.add(piece(line));
    }
    return new TrunkLots(Long.parseLong(first.group(1)), pieces);
  }

  private static Piece piece(String line) {
    boolean file = line.startsWith("F ");
    if (!file && !line.startsWith("L ")) {
      throw new MalformedException("trunk_lots: '" + line + "' begins with neither L nor F");
    }
    TrunkBinlogLine block = TrunkBinlogLine.parse("0 A " + line.substring(2));
    return new Piece(
        file,
        block.storePath(),
        block.high(),
        block.low(),
        block.place().trunkFileId(),
        new Span(block.place().offset(), Math.max(1, block.place().slotSize())));
  }
}

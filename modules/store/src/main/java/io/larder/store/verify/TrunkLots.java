package io.larder.store.verify;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.store.scrub.Span;
import java.util.ArrayList;
import java.util.List;

/// `.larder/trunk-lots` in the base path: space of trunk files that was reserved for many slots at once and is not known
/// to be in use. A first line with the form, then a line per piece: `L` for reserved space or `F` for a trunk file that is
/// being made or removed, then path, directories, trunk file, offset and size as in the trunk binlog.
public final class TrunkLots {
  /// Its name, relative to `data` of the base path.
  public static final String NAME = ".larder/trunk-lots";

  private static final String FORM = "larder-trunk-lots 1";

  private TrunkLots() {}

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
  public static List<Piece> parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FORM)) {
      throw new MalformedException("trunk_lots: the first line is not '" + FORM + "'");
    }
    List<Piece> pieces = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      pieces.add(piece(line));
    }
    return pieces;
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

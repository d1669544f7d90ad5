package io.larder.store.trunk;

import io.larder.platform.DiskException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the list of lots against the log. The list is written before the lines by which lots are taken; a line that is
/// newer than the list and takes space was written by somebody else, who was the trunk server on this folder meanwhile
/// (the reference, after a roll-back). What he took is not ours to give back, and if he made the log anew nothing is: the
/// file in a slot of a peer may not have come here yet.
final class LogSince {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogSince.class);

  private final OutstandingLots lots;
  private final long since;
  private final Set<TrunkFile> files;
  private final LogLine line = new LogLine();
  private boolean first = true;
  private boolean anew;
  private long struck;

  private LogSince(OutstandingLots lots, long since) {
    this.lots = lots;
    this.since = since;
    files = lots.files();
  }

  /// Takes off the list what others have taken since it was written.
  ///
  /// @param since when it was written, epoch seconds
  /// @param size bytes of the log
  static void strikeFrom(OutstandingLots lots, long since, LogFolder folder, long size)
      throws DiskException {
    LogSince later = new LogSince(lots, since);
    if (later.files.isEmpty()) {
      return;
    }
    LineReader.read(folder, LogFolder.BINLOG, 0, size, later::line);
    if (later.anew) {
      lots.clear();
      LOGGER.warn("the free-space log was made anew after the last lots; their rest stays taken");
    } else if (later.struck > 0) {
      LOGGER.warn(
          "{} blocks of the last lots were used by another trunk server; they stay taken",
          later.struck);
    }
  }

  private void line(byte[] bytes, int from, int to) {
    if (!line.read(bytes, from, to)) {
      return;
    }
    boolean newer = line.timestamp() > since;
    anew |= first && newer;
    first = false;
    if (newer && !line.added() && files.contains(line.file())) {
      lots.strike(line.span());
      struck++;
    }
  }
}

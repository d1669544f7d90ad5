package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.protocol.disk.BinlogLine;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SourceNames;
import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.BinlogReader;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.Projection;
import io.larder.store.folder.StoreFolder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the binlog on and applies it to the index of duplicates. Belongs to the thread of the index, but for what is said.
final class BinlogFollower {
  private static final Logger LOGGER = LoggerFactory.getLogger(BinlogFollower.class);

  /// Changes that are kept by one commit at most; what is not kept yet costs memory and disk.
  private static final int CHANGES_MAX = 20_000;

  private static final long PROGRESS_BYTES = 256L << 20;

  /// New links of the last moments that are looked for at a start.
  private static final int RECENT_LINKS_MAX = 1_000_000;

  /// Reading was given up because the store closes.
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IndexException why;

    Failed(IndexException why) {
      super(why);
      this.why = why;
    }
  }

  private record RecentLink(BinlogPosition at, String name) {}

  private final Disk disk;
  private final List<StoreFolder> folders;
  private final Binlog binlog;
  private final BinlogReader reader;
  private final FileLook look = new FileLook();

  private @Nullable DuplicateIndex index;
  private @Nullable Projection projection;
  private BinlogPosition position = BinlogPosition.START;
  private BinlogPosition kept = BinlogPosition.START;
  private boolean complete;
  private int changes;
  private @Nullable List<RecentLink> recentLinks;

  private volatile boolean stopping; // set by the closer
  private volatile DuplicateIndex.Totals totals =
      new DuplicateIndex.Totals(0, 0); // written by the thread; any thread reads

  BinlogFollower(StoreFolders folders) {
    disk = folders.disk();
    this.folders = folders.all();
    binlog = folders.binlog();
    reader = new BinlogReader(disk, folders.base().binlogDirectory());
  }

  /// Begins to follow for an index that was just opened.
  ///
  /// @param done up to where everything recorded is done and durable; empty when that is not known
  /// @throws IndexException as damaged, when the index knows more than the binlog
  void begin(DuplicateIndex opened, Optional<BinlogPosition> done) throws IndexException {
    Optional<BinlogPosition> known = opened.position();
    if (known.isPresent() && known.get().compareTo(binlog.position()) > 0) {
      throw new IndexException(
          "it knows more than the binlog, which was replaced or cut", true, null);
    }
    index = opened;
    projection = new Projection(opened, opened.totals());
    changes = 0;
    if (known.isPresent()) {
      complete = opened.isComplete();
      kept = known.get();
      position = done.filter(at -> at.compareTo(kept) < 0).orElse(kept);
      recentLinks = new ArrayList<>();
    } else {
      position = firstThere();
      kept = BinlogPosition.START;
      recentLinks = null;
      LOGGER.info("the index of duplicates is built from the binlog");
    }
    publish();
  }

  /// The beginning of what is there of the binlog without a gap.
  private BinlogPosition firstThere() {
    int first = binlog.fileNumber();
    while (first > 0 && reader.has(first - 1)) {
      first--;
    }
    complete = first == 0;
    if (!complete) {
      LOGGER.warn(
          "binlog files before {} are missing or compressed: links may be unknown, so sources that have none left are"
              + " not deleted. Remedy: put the files back uncompressed and remove the index file",
          Binlog.fileName(first));
    }
    return new BinlogPosition(first, 0);
  }

  /// Reads to the present end of the binlog.
  ///
  /// @throws Stopped when the store closes
  void catchUp() throws IndexException, DiskException {
    if (stopping) {
      throw new Stopped();
    }
    read();
  }

  /// The same when nothing is written any more.
  void catchUpAtEnd() throws IndexException, DiskException {
    stopping = false;
    read();
  }

  private void read() throws IndexException, DiskException {
    BinlogPosition end = binlog.position(); // what is behind it may yet be taken back
    if (position.compareTo(end) < 0) {
      long[] next = {PROGRESS_BYTES};
      try {
        reader.read(
            position,
            end.file(),
            (at, line) -> {
              if (at.compareTo(end) < 0) {
                take(at, line);
                progress(at, end, next);
              }
            });
      } catch (Failed e) {
        throw e.why;
      }
      position = end;
    }
    lookForRecentLinks();
    publish();
  }

  private void take(BinlogPosition at, BinlogLine line) {
    if (stopping) {
      throw new Stopped();
    }
    if (line instanceof BinlogLine.Entry(BinlogRecord record, int _)) {
      try {
        if (apply(at, record)) {
          changes++;
        }
        if (changes >= CHANGES_MAX) {
          position = at; // this record may be applied again
          commit();
        }
      } catch (IndexException e) {
        throw new Failed(e);
      }
    }
  }

  private boolean apply(BinlogPosition at, BinlogRecord record) throws IndexException {
    List<RecentLink> recent = recentLinks;
    if (recent != null
        && recent.size() < RECENT_LINKS_MAX
        && record.change() instanceof BinlogRecord.Link(String name, String source)
        && SourceNames.matches(source)) {
      recent.add(new RecentLink(at, name));
    }
    Projection to = projection;
    return to != null && to.apply(at, record);
  }

  private static void progress(BinlogPosition at, BinlogPosition end, long[] next) {
    if (at.offset() >= next[0]) {
      next[0] = at.offset() + PROGRESS_BYTES;
      LOGGER.info(
          "index of duplicates: read {} up to byte {}; the last is {} with {}",
          Binlog.fileName(at.file()),
          at.offset(),
          Binlog.fileName(end.file()),
          end.offset());
    } else if (at.offset() == 0) {
      next[0] = PROGRESS_BYTES;
    }
  }

  /// A power cut may have taken a link whose record is there. It must not keep its source for ever.
  private void lookForRecentLinks() throws IndexException {
    List<RecentLink> recent = recentLinks;
    DuplicateIndex open = index;
    recentLinks = null;
    if (recent == null || open == null || projection == null) {
      return;
    }
    ByteBuf scratch = Unpooled.directBuffer(256);
    try {
      for (RecentLink link : recent) {
        LogicalName name = LogicalName.parse(link.name());
        if (isMissing(name, scratch)
            && projection.forgot(open.removeLink(link.name(), link.at()))) {
          LOGGER.info("link {} was recorded and is not there", name);
          changes++;
        }
      }
    } finally {
      scratch.release();
    }
  }

  private boolean isMissing(LogicalName name, ByteBuf scratch) {
    return name.storePath() < folders.size()
        && look.at(disk, folders.get(name.storePath()).handle(), name, scratch)
            == -io.larder.platform.Errno.ENOENT;
  }

  /// Keeps what was applied, once the binlog is durable up to there.
  void commit() throws IndexException {
    DuplicateIndex open = index;
    if (open == null || (position.equals(kept) && changes == 0)) {
      return;
    }
    if (binlog.sync() < 0) {
      return; // the binlog has said why; the next start reads on from the last commit
    }
    open.commit(position, complete);
    kept = position;
    changes = 0;
  }

  /// A source was taken out of the index past the binlog.
  void removed(boolean wasThere) {
    Projection to = projection;
    if (to != null && wasThere) {
      to.forgotSource();
      changes++;
      publish();
    }
  }

  /// Whether all links are known.
  boolean isComplete() {
    return complete;
  }

  /// How much the index knows. Any thread.
  DuplicateIndex.Totals totals() {
    return totals;
  }

  private void publish() {
    Projection from = projection;
    if (from != null) {
      totals = from.totals();
    }
  }

  /// Lets a long reading end. Any thread.
  void stop() {
    stopping = true;
  }

  /// The index is gone.
  void end() {
    index = null;
    projection = null;
    recentLinks = null;
  }
}

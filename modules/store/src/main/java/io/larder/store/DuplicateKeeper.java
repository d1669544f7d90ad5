package io.larder.store;

import io.larder.platform.DiskException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.DuplicateClaim.Answer;
import io.larder.store.DuplicateClaim.LinkTo;
import io.larder.store.DuplicateClaim.Make;
import io.larder.store.DuplicateClaim.Plain;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.duplicate.Claims;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.IndexOpener;
import io.larder.store.duplicate.Signature;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the index of duplicates in line with the binlog, answers uploads from it, and deletes sources that have no link
/// any more. All of it belongs to one thread; what other threads may ask is said.
///
/// The order by which nothing is lost:
///
/// 1. The index is committed only up to what is durable in the binlog, so it is never ahead of it.
/// 2. A source is deleted only when the record of its last link's deletion lies before a checkpoint: then that link is gone
///    for good, whatever stops the machine.
/// 3. A source that an upload has been sent to is held until the record of the new link has been read; one that is being
///    deleted is given to no upload. Both are decided here, one after the other.
///
/// A crash after 2 leaves a source without links, which the next start finds in the same way. When it is not certain that
/// all links are known, no source is deleted.
final class DuplicateKeeper {
  private static final Logger LOGGER = LoggerFactory.getLogger(DuplicateKeeper.class);

  /// Sources that are being deleted at a time.
  private static final int DELETIONS_MAX = 64;

  private static final int FAILURES_MAX = 3;

  private final Store store;
  private final Duplicates door;
  private final IndexOpener opener;
  private final boolean looksUp;
  private final BinlogFollower follower;
  private final Claims<DuplicateClaim> claims = new Claims<>();

  private @Nullable DuplicateIndex index;
  private Optional<BinlogPosition> done;
  private int failures;
  private int deleting;
  private boolean closed;

  private volatile boolean ready; // written by the thread; any thread reads
  private volatile Optional<String> failure = Optional.empty(); // as above
  private final AtomicLong sourcesDeleted = new AtomicLong();

  /// @param looksUp whether uploads are answered; else only links and sources are looked after
  DuplicateKeeper(
      Store store, Duplicates door, StoreFolders folders, IndexOpener opener, boolean looksUp) {
    this.store = store;
    this.door = door;
    this.opener = opener;
    this.looksUp = looksUp;
    follower = new BinlogFollower(folders);
    done =
        Optional.of(folders.firstCheckpoint().done())
            .filter(position -> folders.binlog().knowsRecent());
  }

  // ---- any thread

  boolean isReady() {
    return ready;
  }

  /// Why the index cannot be used.
  Optional<String> failure() {
    return failure;
  }

  DuplicateIndex.Totals totals() {
    return follower.totals();
  }

  long sourcesDeleted() {
    return sourcesDeleted.get();
  }

  /// Ends what takes long.
  void stop() {
    if (!ready) {
      follower.stop();
    }
  }

  // ---- the index: open, build, fail

  /// Opens the index and brings it up to the binlog.
  void open() {
    if (closed || index != null) {
      return;
    }
    guarded(() -> {
      DuplicateIndex opened = opener.open();
      index = opened;
      follower.begin(opened, done);
      follower.catchUp();
      follower.commit();
      failures = 0;
      failure = Optional.empty();
      ready = true;
      collect();
      if (looksUp) {
        new SourceSigning(store, door, this, opened).next("");
      }
    });
  }

  /// What may fail because of the index or the binlog.
  interface Step {
    void run() throws IndexException, DiskException;
  }

  /// Runs a step on an index, unless that has been given back.
  void with(DuplicateIndex opened, Step step) {
    if (opened.equals(index) && !closed) {
      guarded(step);
    }
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (BinlogFollower.Stopped e) {
      LOGGER.debug("the store is closing", e);
    } catch (IndexException e) {
      failed(e, e.isDamaged());
    } catch (DiskException e) {
      failed(e, false);
    }
  }

  private void failed(Exception cause, boolean damaged) {
    ready = false;
    closeIndex();
    failures++;
    failure = Optional.of("the index cannot be used: " + cause.getMessage());
    LOGGER.error(
        "index of duplicates: {}; uploads are stored plainly until it can be used again",
        cause.getMessage());
    boolean anew = (damaged || failures >= FAILURES_MAX) && discard();
    door.answerAll();
    if (anew && failures == 1) {
      door.next(this::open);
    } else {
      door.retry(this::open);
    }
  }

  private boolean discard() {
    try {
      opener.discard();
      LOGGER.warn("the index of duplicates is damaged and is built anew from the binlog");
      return true;
    } catch (IndexException e) {
      LOGGER.error("the index of duplicates cannot be removed: {}", e.getMessage());
      return false;
    }
  }

  private void closeIndex() {
    DuplicateIndex open = index;
    index = null;
    follower.end();
    if (open != null) {
      open.close();
    }
  }

  // ---- uploads

  /// Answers an upload.
  void take(DuplicateClaim claim) {
    DuplicateIndex open = index;
    if (claim.answer() != null) {
      return;
    }
    if (open == null || !ready || !looksUp) {
      door.answer(claim, new Plain());
      return;
    }
    guarded(() -> answer(claim, find(open, claim.signature())));
  }

  private Optional<LogicalName> find(DuplicateIndex open, Signature signature)
      throws IndexException {
    return open.find(signature, claims.doomed())
        .map(LogicalName::parse)
        .filter(source -> mayChange(source, true));
  }

  /// Whether a path takes changes; for new links only when nothing is wrong with it.
  private boolean mayChange(LogicalName source, boolean normal) {
    try {
      StorePath path = store.storePaths().toChange(source);
      return !normal || path.health().now() == PathMode.NORMAL;
    } catch (RefusedException e) {
      return false;
    }
  }

  private void answer(DuplicateClaim claim, Optional<LogicalName> source) {
    if (source.isPresent()) {
      claims.hold(source.get().text());
      if (!door.answer(claim, new LinkTo(source.get()))) {
        claims.letGo(source.get().text());
      }
      return;
    }
    int path = claim.home().path().index();
    if (!claims.begin(claim.signature(), path, claim)) {
      claim.park();
    } else if (!door.answer(claim, new Make())) {
      ended(claim);
    }
  }

  /// An upload has done what it was answered, or not.
  void settled(DuplicateClaim claim, Answer answer, boolean ok, @Nullable String source) {
    guarded(this::follow);
    switch (answer) {
      case LinkTo(LogicalName held) -> claims.letGo(held.text());
      case Make() -> {
        DuplicateIndex open = index;
        if (ok && source != null && open != null) {
          guarded(() -> open.sign(source, claim.signature()));
        }
        ended(claim);
      }
      case Plain() -> {}
    }
  }

  private void ended(DuplicateClaim claim) {
    claims.end(claim.signature(), claim.home().path().index()).forEach(this::take);
  }

  /// A source is not what it should be; nobody else is sent to it.
  void lost(DuplicateClaim claim, LogicalName source, int result) {
    LOGGER.error(
        "source {} of links is {}; it is used for no further link",
        source,
        result == 0 ? "not what it was" : "missing");
    DuplicateIndex open = index;
    if (open != null) {
      guarded(() -> {
        follow();
        follower.removed(open.removeSource(source.text()));
      });
    }
  }

  /// Reads what was recorded since, so that no upload has to wait for much of it.
  void keepUp() {
    guarded(() -> {
      if (ready) {
        follow();
      }
    });
  }

  private void follow() throws IndexException, DiskException {
    if (index != null) {
      follower.catchUp();
    }
  }

  // ---- sources without links

  /// Everything recorded before a place is done and durable.
  void checkpointed(BinlogPosition position) {
    done = Optional.of(position);
    guarded(() -> {
      if (index != null && ready) {
        follower.catchUp();
        follower.commit();
        collect();
      }
    });
  }

  /// Begins to delete sources without links; goes on when these are deleted.
  private void collect() throws IndexException {
    DuplicateIndex open = index;
    if (open == null || deleting > 0 || done.isEmpty() || !follower.isComplete()) {
      return;
    }
    String after = "";
    List<String> orphans;
    do {
      orphans = open.orphans(done.get(), after, DELETIONS_MAX);
      for (String orphan : orphans) {
        after = orphan;
        LogicalName source = LogicalName.parse(orphan);
        if (deleting < DELETIONS_MAX && mayChange(source, false) && claims.doom(orphan)) {
          deleting++;
          new SourceDeletion(source).begin();
        }
      }
    } while (orphans.size() == DELETIONS_MAX && deleting < DELETIONS_MAX);
  }

  /// The deletion of a source without links; the record `D` of it takes it out of the index.
  private final class SourceDeletion extends Delete {
    private final LogicalName source;

    SourceDeletion(LogicalName source) {
      this.source = source;
    }

    void begin() {
      submitOwn(store.storePaths().at(source.storePath()), source);
    }

    @Override
    protected void completed() {
      door.next(() -> deleted(source, status(), message()));
    }
  }

  private void deleted(LogicalName source, int status, String message) {
    deleting--;
    guarded(() -> {
      follow();
      DuplicateIndex open = index;
      if (status == Status.ENOENT && open != null) {
        follower.removed(open.removeSource(source.text()));
      }
    });
    claims.spare(source.text());
    if (status == Status.OK) {
      sourcesDeleted.incrementAndGet();
    } else if (status != Status.ENOENT) {
      LOGGER.warn("source {} without links is not deleted: {}", source, message);
      return; // the next checkpoint tries again
    }
    guarded(this::collect);
  }

  // ---- end

  /// Keeps what can be kept and gives the index back.
  void close() {
    guarded(() -> {
      if (index != null && ready) {
        follower.catchUpAtEnd();
        follower.commit();
      }
    });
    closed = true;
    ready = false;
    closeIndex();
  }
}

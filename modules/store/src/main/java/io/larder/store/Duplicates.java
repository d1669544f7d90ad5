package io.larder.store;

import io.larder.platform.Ticker;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.DuplicateClaim.Answer;
import io.larder.store.DuplicateClaim.LinkTo;
import io.larder.store.DuplicateClaim.Plain;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.DuplicateSettings;
import io.larder.store.duplicate.DuplicateState;
import io.larder.store.duplicate.DuplicateState.Status;
import io.larder.store.duplicate.Signature;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door to the index of duplicates: uploads ask here, and are answered whatever becomes of the index.
///
/// An upload that asks leaves its path thread; the thread of the index answers it and hands it to the thread where it goes
/// on. When that takes too long a second thread, which touches no disk, answers "store it plainly", and nobody asks any
/// more until the first has come back. So an upload never fails or waits for long because of the index.
final class Duplicates {
  /// Uploads that may wait for an answer; further ones are stored plainly.
  static final int WAITING_MAX = 4096;

  /// One that waits for another upload of the same content may wait so many times longer.
  private static final int PARKED_FACTOR = 20;

  private static final Logger LOGGER = LoggerFactory.getLogger(Duplicates.class);
  private static final Duration END_WAIT = Duration.ofSeconds(3);

  private final Store store;
  private final DuplicateSettings settings;
  private final Ticker ticker;
  private final Set<DuplicateClaim> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean keepingUp = new AtomicBoolean();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicLong found = new AtomicLong();
  private final AtomicLong savedBytes = new AtomicLong();
  private final AtomicLong unasked = new AtomicLong();

  private final @Nullable ScheduledExecutorService thread;
  private final @Nullable ScheduledExecutorService watching;
  private final @Nullable DuplicateKeeper keeper;

  private volatile @Nullable Future<?> watched; // the opener's and closer's
  private volatile @Nullable Future<?>
      retried; // set by the thread of the index, ended by the closer
  private volatile boolean closed; // set once, by the closer
  private volatile boolean slow; // set by the watch, cleared by the thread of the index
  private volatile Optional<String> refused =
      Optional.of("no tracker has told yet who else is in the group"); // set by the role
  private volatile boolean told; // whether a tracker has

  Duplicates(Store store, StoreFolders folders, DuplicateSettings settings, Ticker ticker) {
    this.store = store;
    this.settings = settings;
    this.ticker = ticker;
    boolean needed =
        settings.index().isPresent() && (settings.enabled() || settings.index().get().exists());
    thread = needed ? thread("larder-duplicates") : null;
    watching = needed ? thread("larder-duplicates-watch") : null;
    keeper =
        needed
            ? new DuplicateKeeper(store, this, folders, settings.index().get(), settings.enabled())
            : null;
  }

  private static ScheduledExecutorService thread(String name) {
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name(name).daemon(true).unstarted(task));
    one.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // no retry delays the end
    return one;
  }

  /// Opens the index, in the background.
  void start() {
    ScheduledExecutorService watch = watching;
    DuplicateKeeper own = keeper;
    if (watch == null || own == null) {
      return;
    }
    next(own::open);
    long millis = Math.max(1, settings.answerWait().toMillis() / 4);
    watched = watch.scheduleWithFixedDelay(this::watch, millis, millis, TimeUnit.MILLISECONDS);
  }

  // ---- what uploads do; path threads

  /// Whether an upload is to ask; one that should and cannot is counted.
  boolean asks() {
    boolean on = isOn();
    if (!on && settings.enabled()) {
      unasked.incrementAndGet();
    }
    return on;
  }

  /// Whether duplicates are looked for just now.
  private boolean isOn() {
    DuplicateKeeper own = keeper;
    return own != null
        && settings.enabled()
        && !closed
        && !slow
        && own.isReady()
        && refused.isEmpty();
  }

  boolean isWanted() {
    return settings.enabled();
  }

  /// A question to be asked.
  DuplicateClaim claim(Signature signature, StoreJob job, PathThread from) {
    return new DuplicateClaim(signature, job, from, ticker.nanos());
  }

  /// The same upload, to be stored plainly where it came from.
  DuplicateClaim plain(DuplicateClaim claim) {
    DuplicateClaim plain =
        new DuplicateClaim(claim.signature(), claim.job(), claim.home(), ticker.nanos());
    plain.answer(new Plain());
    return plain;
  }

  /// Takes a job that has just left its thread.
  void ask(DuplicateClaim claim) {
    if (claim.answer() != null) {
      move(claim, claim.home());
      return;
    }
    waiting.add(claim);
    DuplicateKeeper own = keeper;
    boolean room = waitingCount.incrementAndGet() <= WAITING_MAX;
    if (own == null || !room || !isOn() || !next(() -> own.take(claim))) {
      answer(claim, new Plain());
    }
  }

  /// Answers an upload and sends it to where it goes on.
  ///
  /// @return whether it had no answer yet
  boolean answer(DuplicateClaim claim, Answer answer) {
    PathThread to =
        answer instanceof LinkTo(LogicalName source)
            ? store.storePaths().at(source.storePath()).writerOf(source.trueName())
            : claim.home();
    if (!claim.answer(answer)) {
      return false;
    }
    waiting.remove(claim);
    waitingCount.decrementAndGet();
    if (answer instanceof Plain) {
      unasked.incrementAndGet();
    }
    move(claim, to);
    return true;
  }

  private static void move(DuplicateClaim claim, PathThread to) {
    StoreJob job = claim.job();
    PathThread from = job.thread;
    if (from != null) {
      from.queue().finished(1, job.queuedBytes);
    }
    job.thread = to;
    to.queue().push(job, job, 1, job.queuedBytes);
  }

  /// An upload that was answered is over.
  ///
  /// @param ok whether it was stored as the answer said
  /// @param source the source it made or linked to
  void settled(DuplicateClaim claim, boolean ok, @Nullable String source) {
    Answer answer = claim.answer();
    DuplicateKeeper own = keeper;
    if (own == null || answer == null || answer instanceof Plain) {
      return;
    }
    if (ok && answer instanceof LinkTo) {
      found.incrementAndGet();
      savedBytes.addAndGet(claim.signature().size());
    }
    next(() -> own.settled(claim, answer, ok, source));
  }

  /// A source is not there, or not what it was.
  ///
  /// @param result what the disk said; 0 when it is there and differs
  void lost(DuplicateClaim claim, LogicalName source, int result) {
    DuplicateKeeper own = keeper;
    if (own != null) {
      next(() -> own.lost(claim, source, result));
    }
  }

  // ---- what others say

  /// Says whether another member of the group forbids it; empty: nobody does. Any thread.
  void refuse(Optional<String> why) {
    Optional<String> before = refused;
    boolean first = !told;
    told = true;
    refused = why;
    if (!settings.enabled() || (before.equals(why) && !first)) {
      return;
    }
    why.ifPresentOrElse(
        reason -> LOGGER.error("check_file_duplicate is refused: {}", reason),
        () -> LOGGER.info("check_file_duplicate: no member of the group forbids it"));
  }

  /// Everything recorded before a place is done and durable.
  void checkpointed(BinlogPosition done) {
    DuplicateKeeper own = keeper;
    if (own != null) {
      next(() -> own.checkpointed(done));
    }
  }

  // ---- the watch

  private void watch() {
    long now = ticker.nanos();
    for (DuplicateClaim claim : waiting) {
      long limit = settings.answerWait().toNanos() * (claim.isParked() ? PARKED_FACTOR : 1);
      if (now - claim.askedNanos() > limit && answer(claim, new Plain()) && !claim.isParked()) {
        stalled();
      }
    }
    DuplicateKeeper own = keeper;
    if (own != null && keepingUp.compareAndSet(false, true)) {
      next(() -> {
        keepingUp.set(false);
        own.keepUp();
      });
    }
  }

  private void stalled() {
    DuplicateKeeper own = keeper;
    if (slow || own == null) {
      return;
    }
    slow = true;
    LOGGER.warn("the index of duplicates does not answer in time; uploads are stored plainly");
    next(() -> {
      slow = false;
      LOGGER.info("the index of duplicates answers again");
    });
  }

  /// Answers all that wait, because the index is gone.
  void answerAll() {
    waiting.forEach(claim -> answer(claim, new Plain()));
  }

  // ---- how it stands

  /// How it stands. Any thread.
  DuplicateState state() {
    DuplicateKeeper own = keeper;
    if (own == null) {
      return DuplicateState.OFF;
    }
    DuplicateIndex.Totals totals = own.totals();
    Status status = status(own);
    return new DuplicateState(
        status,
        reason(status, own),
        totals.sources(),
        totals.links(),
        found.get(),
        savedBytes.get(),
        unasked.get(),
        own.sourcesDeleted());
  }

  private Status status(DuplicateKeeper own) {
    if (own.failure().isPresent()) {
      return Status.BROKEN;
    }
    if (!settings.enabled()) {
      return Status.KEEPING;
    }
    if (refused.isPresent()) {
      return told ? Status.REFUSED : Status.BUILDING;
    }
    if (!own.isReady()) {
      return Status.BUILDING;
    }
    return slow ? Status.SLOW : Status.ON;
  }

  private String reason(Status status, DuplicateKeeper own) {
    return switch (status) {
      case BROKEN -> own.failure().orElse("");
      case REFUSED -> refused.orElse("");
      case BUILDING -> own.isReady() ? refused.orElse("") : "the index is being built";
      case SLOW -> "the index does not answer in time";
      case OFF, KEEPING, ON -> "";
    };
  }

  // ---- the thread of the index

  /// Runs a task on the thread of the index.
  ///
  /// @return whether it will run
  boolean next(Runnable task) {
    ScheduledExecutorService on = thread;
    try {
      if (on != null) {
        on.execute(() -> run(task));
        return true;
      }
    } catch (RejectedExecutionException e) {
      LOGGER.debug("the index of duplicates is closed", e);
    }
    return false;
  }

  /// Runs a task there after the time that a failed index is left alone.
  void retry(Runnable task) {
    ScheduledExecutorService on = thread;
    try {
      if (on != null) {
        retried = on.schedule(() -> run(task), settings.retry().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOGGER.debug("the index of duplicates is closed", e);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOGGER.error("the index of duplicates: a step broke an invariant", e);
    }
  }

  // ---- end

  /// Answers whoever waits and takes no more questions; before the path threads end.
  void stop() {
    closed = true;
    DuplicateKeeper own = keeper;
    if (own != null) {
      own.stop();
    }
    answerAll();
  }

  /// Gives the index back; after the path threads have ended. Blocks for a bounded time.
  void close() {
    ScheduledExecutorService on = thread;
    ScheduledExecutorService watch = watching;
    DuplicateKeeper own = keeper;
    if (on == null || watch == null || own == null) {
      return;
    }
    cancel(watched);
    cancel(retried);
    watch.shutdownNow();
    next(own::close);
    on.shutdown();
    try {
      if (!on.awaitTermination(END_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.warn("the index of duplicates is not closed in time; the next start reads on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}

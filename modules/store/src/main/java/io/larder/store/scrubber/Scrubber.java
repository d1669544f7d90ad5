package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.store.scrub.Pace;
import io.larder.store.scrub.StoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scrub of one store path: a pass from time to time, on a thread of its own that none of the path's queues waits for.
///
/// ```
///   OFF --wanted--> WAITING --due--> RUNNING --end--> WAITING
///                      ^               |  ^
///                      |      path off |  | path back, where it was
///                      |               v  |
///                      +---failure--- HELD
/// ```
///
/// [#turn] belongs to that thread; the rest to any.
public final class Scrubber {
  /// How long it waits when there is nothing to do, so that changed settings are seen.
  static final Duration IDLE = Duration.ofSeconds(60);

  /// How long it waits for a store path that must not be read.
  static final Duration HELD = Duration.ofSeconds(10);

  /// How long it waits after a failure.
  static final Duration RETRY = Duration.ofHours(1);

  private static final Logger LOGGER = LoggerFactory.getLogger(Scrubber.class);

  private final ScrubbedPath path;
  private final BooleanSupplier mayRead;
  private final Ticker ticker;
  private final WallClock clock;
  private final LongConsumer waiting;
  private final BooleanSupplier stopping;
  private final ScrubTally tally = new ScrubTally();
  private final ScrubStateFile position;

  private volatile ScrubSettings settings = ScrubSettings.OFF; // set by whoever decides
  private volatile ScrubFigures.Status status = ScrubFigures.Status.OFF; // written by the thread
  private volatile ScrubState state = ScrubState.NONE; // written by the thread
  private volatile @Nullable Suspects suspects; // loaded by the thread

  /// Time as a scrub sees it.
  ///
  /// @param ticker for the pace
  /// @param clock for the period
  /// @param waiting waits for some nanoseconds, but not beyond the end
  /// @param stopping whether it is to end
  public record Time(
      Ticker ticker, WallClock clock, LongConsumer waiting, BooleanSupplier stopping) {}

  /// @param mayRead whether the store path may be read now
  public Scrubber(ScrubbedPath path, BooleanSupplier mayRead, Time time) {
    this.path = path;
    this.mayRead = mayRead;
    ticker = time.ticker();
    clock = time.clock();
    waiting = time.waiting();
    stopping = time.stopping();
    Disk disk = path.disk();
    position = new ScrubStateFile(disk, path.handle());
  }

  /// Says how it is to be done from now on. A pass under way goes on where it is.
  public void by(ScrubSettings wanted) {
    settings = wanted;
  }

  /// Runs until it is to end.
  public void run() {
    while (!stopping.getAsBoolean()) {
      waiting.accept(turn().toNanos());
    }
  }

  /// Does what is to be done now.
  ///
  /// @return how long nothing is to be done after it
  Duration turn() {
    ScrubSettings now = settings;
    if (!now.isOn()) {
      status = ScrubFigures.Status.OFF;
      return IDLE;
    }
    if (!mayRead.getAsBoolean()) {
      status = ScrubFigures.Status.HELD;
      return HELD;
    }
    try {
      Suspects list = load();
      Duration left = untilDue(now.period());
      if (left.isPositive()) {
        status = ScrubFigures.Status.WAITING;
        return left.compareTo(IDLE) < 0 ? left : IDLE;
      }
      status = ScrubFigures.Status.RUNNING;
      pass(now, list);
      status = ScrubFigures.Status.WAITING;
      return IDLE;
    } catch (StoppedException _) {
      status = ScrubFigures.Status.HELD;
      return mayRead.getAsBoolean() ? Duration.ZERO : HELD;
    } catch (IOException | UncheckedIOException e) {
      LOGGER.warn(
          "scrub of store path {} is tried again in an hour: {}", path.data(), e.getMessage());
      status = ScrubFigures.Status.HELD;
      return RETRY;
    }
  }

  /// What is on the disk counts, also after a failure.
  private Suspects load() throws DiskException {
    state = position.read();
    Suspects list = suspects;
    if (list == null) {
      list = Suspects.load(new SuspectFile(path.disk(), path.handle()), Suspects.LISTED_MAX);
      suspects = list;
    }
    return list;
  }

  /// A clock that was set back makes nobody wait for longer than a period.
  private Duration untilDue(Duration period) {
    if (state.pass().isPresent() || state.last().isEmpty()) {
      return Duration.ZERO;
    }
    Duration since = Duration.ofSeconds(clock.seconds() - state.last().get().begun());
    return since.isNegative() ? period : period.minus(since);
  }

  private void pass(ScrubSettings now, Suspects list) throws IOException {
    boolean goesOn = state.pass().isPresent();
    LOGGER.info("scrub of store path {} {}", path.data(), goesOn ? "goes on" : "begins");
    Pace bytes = new Pace(ticker, now.bytesPerSecond(), waiting);
    Pace files = new Pace(ticker, now.filesPerSecond(), waiting);
    ScrubWork work =
        new ScrubWork(
            path,
            list,
            position,
            tally,
            ticker,
            clock,
            count -> {
              bytes.spend(count);
              checkStop(now);
            },
            () -> {
              files.spend(1);
              checkStop(now);
            });
    state = new ScrubPass(work, state).run();
    ScrubState.Done done = state.last().orElseThrow();
    LOGGER.info(
        "scrub of store path {} is done: {} files, {} bytes, {} suspect",
        path.data(),
        done.sums().files(),
        done.sums().bytes(),
        done.sums().suspects());
  }

  private void checkStop(ScrubSettings of) {
    if (stopping.getAsBoolean() || !mayRead.getAsBoolean() || !settings.equals(of)) {
      throw new StoppedException();
    }
  }

  /// How it stands.
  public ScrubFigures figures() {
    Suspects list = suspects;
    ScrubFigures.Status now = status;
    boolean begins = now == ScrubFigures.Status.OFF && settings.isOn();
    return new ScrubFigures(
        begins ? ScrubFigures.Status.WAITING : now,
        now == ScrubFigures.Status.RUNNING ? tally.part() : 0,
        tally.files(),
        tally.bytes(),
        list == null ? 0 : list.count(),
        state.last().map(ScrubState.Done::ended).orElse(0L));
  }

  /// The files that are suspect now.
  public List<Suspect> suspects() {
    Suspects list = suspects;
    return list == null ? List.of() : list.all();
  }
}

package io.larder.store;

import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.store.scrub.Stop;
import io.larder.store.scrubber.ScrubFigures;
import io.larder.store.scrubber.ScrubSettings;
import io.larder.store.scrubber.ScrubbedPath;
import io.larder.store.scrubber.Scrubber;
import io.larder.store.scrubber.Suspect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scrubs of all store paths, each on a thread of its own, so that a disk that hangs holds up no other and no job. Any
/// thread.
final class Scrubs {
  /// A node that starts has better things to do.
  static final Duration DELAY = Duration.ofMinutes(5);

  private static final Logger LOGGER = LoggerFactory.getLogger(Scrubs.class);
  private static final Duration END_WAIT = Duration.ofSeconds(2);

  private final List<Scrubber> scrubbers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>(); // guarded by this
  private final Stop stop = new Stop();

  Scrubs(StoreFolders folders, StorePaths paths, Ticker ticker, WallClock clock) {
    Scrubber.Time time = new Scrubber.Time(ticker, clock, stop::await, stop::isWished);
    for (StorePath path : paths.all()) {
      ScrubbedPath scrubbed =
          new ScrubbedPath(
              path.index(),
              path.disk(),
              path.handle(),
              Path.of(path.directory()).toAbsolutePath().resolve("data"),
              folders.base().handle());
      scrubbers.add(new Scrubber(scrubbed, () -> mayRead(path.health()), time));
    }
  }

  /// A disk that is slow already is left alone.
  private static boolean mayRead(PathHealth health) {
    return health.now() != PathMode.OFF && !health.has(PathFault.SLOW);
  }

  /// Says how it is to be done from now on; the threads begin with the first wish.
  synchronized void by(ScrubSettings settings) {
    scrubbers.forEach(scrubber -> scrubber.by(settings));
    if (!settings.isOn() || !threads.isEmpty() || stop.isWished()) {
      return;
    }
    for (int i = 0; i < scrubbers.size(); i++) {
      Scrubber scrubber = scrubbers.get(i);
      threads.add(
          Thread.ofPlatform()
              .name("larder-store-scrub-" + i)
              .daemon(true)
              .start(() -> run(scrubber)));
    }
  }

  private void run(Scrubber scrubber) {
    stop.await(DELAY.toNanos());
    try {
      scrubber.run();
    } catch (RuntimeException e) {
      LOGGER.error("a scrub has ended; the next start begins it again", e);
    }
  }

  /// How they stand, by store path.
  List<ScrubFigures> figures() {
    return scrubbers.stream().map(Scrubber::figures).toList();
  }

  /// The suspect files of all store paths.
  List<Suspect> suspects() {
    return scrubbers.stream().flatMap(scrubber -> scrubber.suspects().stream()).toList();
  }

  /// Ends them.
  ///
  /// @return false when a disk hangs; then the folders are still in use
  synchronized boolean end() {
    stop.wish();
    boolean ended = true;
    for (Thread thread : threads) {
      ended &= join(thread);
    }
    return ended;
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(END_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

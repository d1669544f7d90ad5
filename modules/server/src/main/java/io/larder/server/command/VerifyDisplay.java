package io.larder.server.command;

import io.larder.platform.Ticker;
import io.larder.store.verify.Verify;
import io.larder.store.verify.VerifyProgress;
import io.larder.store.verify.VerifyProgress.Phase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Shows on standard error how far a check is: a bar that is drawn again and again on a terminal, a plain line every ten
/// seconds elsewhere. A thread of its own; what is printed meanwhile goes by way of [#aside].
final class VerifyDisplay implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final String CLEAR_LINE = "\r\033[K";
  private static final String ERROR_OUTPUT = "/proc/self/fd/2";

  private final PrintStream err = System.err;
  private final VerifyProgress progress;
  private final Ticker ticker;
  private final boolean terminal;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Phase phase = Phase.OPENING; // of the thread
  private long begun; // of the thread, as the rest
  private long printed;
  private long filesBefore;
  private long bytesBefore;

  private VerifyDisplay(Verify verify, Ticker ticker, boolean terminal) {
    progress = verify.progress();
    this.ticker = ticker;
    this.terminal = terminal;
    begun = ticker.nanos();
    printed = begun;
    thread = Thread.ofPlatform().name("progress").daemon().unstarted(this::run);
  }

  /// Begins to show it.
  static VerifyDisplay start(Verify verify, Ticker ticker) {
    VerifyDisplay display = new VerifyDisplay(verify, ticker, isTerminal());
    display.thread.start();
    return display;
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of(ERROR_OUTPUT)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks more often than it prints, so that the figures of a phase begin with the phase.
  private synchronized void look() {
    Phase now = progress.phase();
    if (now != phase) {
      phase = now;
      begun = ticker.nanos();
      filesBefore = progress.files();
      bytesBefore = progress.bytes();
    }
    boolean due = terminal || ticker.nanos() - printed >= LINE_NANOS;
    if (due && closed.getCount() > 0) {
      draw();
    }
  }

  private void draw() {
    printed = ticker.nanos();
    ProgressLine line =
        new ProgressLine(
            phase.text(),
            progress.part(),
            progress.files() - filesBefore,
            progress.bytes() - bytesBefore,
            printed - begun);
    err.print(terminal ? CLEAR_LINE + line.bar() : line.text() + "\n");
    err.flush();
  }

  /// Prints something with the bar out of the way.
  synchronized void aside(Runnable print) {
    if (terminal) {
      err.print(CLEAR_LINE);
      err.flush();
    }
    print.run();
  }

  /// Takes the bar away; no more is drawn.
  void end() {
    closed.countDown();
    aside(() -> {});
  }

  @Override
  public void close() {
    end();
  }
}

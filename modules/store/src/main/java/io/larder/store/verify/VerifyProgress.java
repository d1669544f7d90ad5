package io.larder.store.verify;

import java.util.concurrent.atomic.LongAdder;

/// How far a check has come: written by those who check, read by whoever shows it. Any thread.
public final class VerifyProgress {
  /// What is being done.
  public enum Phase {
    OPENING("opening"),
    LOGS("reading the logs"),
    FILES("checking files"),
    REPAIR("repairing"),
    DONE("done");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    /// In words.
    public String text() {
      return text;
    }
  }

  private final LongAdder done = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile Phase phase = Phase.OPENING; // written by one thread, shown by another
  private volatile long total;

  void enter(Phase entered, long units) {
    done.reset();
    total = units;
    phase = entered;
  }

  void step(long units) {
    done.add(units);
  }

  void file() {
    files.increment();
  }

  void read(long count) {
    bytes.add(count);
  }

  /// What is being done.
  public Phase phase() {
    return phase;
  }

  /// How much of the phase is done, 0 to 1; 0 when it cannot be told.
  public double part() {
    long all = total;
    return all == 0 ? 0 : Math.min(1, (double) done.sum() / all);
  }

  /// Files and slots looked at.
  public long files() {
    return files.sum();
  }

  /// Bytes read, of logs and of files.
  public long bytes() {
    return bytes.sum();
  }
}

package io.larder.tracker;

import io.larder.protocol.wire.Command;
import io.larder.transport.server.Connections;
import java.util.concurrent.atomic.LongAdder;

/// What the tracker counts, for whoever shows metrics. Any thread.
public final class TrackerCounters {
  private static final int CODES = 256;

  private final Connections connections;
  private final LongAdder[] requests = new LongAdder[CODES];
  private final LongAdder refusals = new LongAdder();
  private final LongAdder joins = new LongAdder();
  private final LongAdder writeFailures = new LongAdder();

  TrackerCounters(Connections connections) {
    this.connections = connections;
    for (int code = 0; code < CODES; code++) {
      requests[code] = new LongAdder();
    }
  }

  public void request(int code) {
    requests[code].increment();
  }

  public void refusal() {
    refusals.increment();
  }

  public void join() {
    joins.increment();
  }

  public void writeFailure() {
    writeFailures.increment();
  }

  /// Its connections.
  public Connections connections() {
    return connections;
  }

  /// Requests of one command; QUIT and ACTIVE_TEST are answered before they are counted.
  public long requests(Command command) {
    return requests[command.code()].sum();
  }

  /// Requests that were answered with a status other than 0.
  public long refusals() {
    return refusals.sum();
  }

  /// Joins that were taken.
  public long joins() {
    return joins.sum();
  }

  /// Times that a file of the tracker could not be written.
  public long writeFailures() {
    return writeFailures.sum();
  }
}

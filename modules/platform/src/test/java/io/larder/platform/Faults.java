package io.larder.platform;

import io.larder.platform.FaultyDisk.Call;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a [FaultyDisk] was told to do wrong, and which calls were made. Any thread.
final class Faults {
  /// Calls that wait.
  private record Gate(Set<Call> calls, CountDownLatch opened) {}

  /// A call that fails, by its number among the changing ones.
  private record FailingCall(int number, int errno) {}

  private final Map<Call, Integer> next = new ConcurrentHashMap<>();
  private final Map<Call, Integer> lasting = new ConcurrentHashMap<>();
  private final Map<Path, Gate> gates = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable FailingCall> failing = new AtomicReference<>();
  private final Map<Call, Integer> calls = new ConcurrentHashMap<>();
  private final AtomicInteger changes = new AtomicInteger();
  private volatile int lastChange = Integer.MAX_VALUE; // set by the test's thread

  void failNext(Call call, int errno) {
    next.put(call, errno);
  }

  void failAlways(Call call, int errno) {
    lasting.put(call, errno);
  }

  void failCall(int number, int errno) {
    failing.set(new FailingCall(changes.get() + number, errno));
  }

  boolean awaitsCall() {
    return failing.get() != null;
  }

  void hang(Path directory, Set<Call> kinds) {
    gates.put(directory, new Gate(kinds, new CountDownLatch(1)));
  }

  void resume(Path directory) {
    Gate gate = gates.remove(directory);
    if (gate != null) {
      gate.opened().countDown();
    }
  }

  void dieAfter(int changingCalls) {
    lastChange = changes.get() + changingCalls;
  }

  boolean isDead() {
    return changes.get() > lastChange;
  }

  void heal() {
    next.clear();
    lasting.clear();
    failing.set(null);
    lastChange = Integer.MAX_VALUE;
  }

  int changes() {
    return changes.get();
  }

  int calls(Call kind) {
    return calls.getOrDefault(kind, 0);
  }

  /// Whether anything is to go wrong.
  boolean areSet() {
    return !next.isEmpty()
        || !lasting.isEmpty()
        || !gates.isEmpty()
        || awaitsCall()
        || lastChange != Integer.MAX_VALUE;
  }

  /// Counts a call, lets it wait if it is to, and says how it ends.
  ///
  /// @param directory below which it is made, `null` when that is not known
  /// @return 0 when it is to be made, else the negated error number to answer
  int before(Call call, @Nullable Path directory) {
    calls.merge(call, 1, Integer::sum);
    if (directory != null) {
      waitAt(gates.get(directory), call);
    }
    int number = call.changes() ? changes.incrementAndGet() : changes.get();
    if (number > lastChange) {
      return -Errno.EIO;
    }
    FailingCall set = failing.get();
    if (call.changes() && set != null && set.number() == number) {
      failing.compareAndSet(set, null);
      return -set.errno();
    }
    Integer fault = next.remove(call);
    if (fault == null) {
      fault = lasting.get(call);
    }
    return fault == null ? 0 : -fault;
  }

  private static void waitAt(@Nullable Gate gate, Call call) {
    if (gate == null || !gate.calls().contains(call)) {
      return;
    }
    try {
      gate.opened().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

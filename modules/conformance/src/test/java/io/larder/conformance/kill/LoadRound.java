package io.larder.conformance.kill;

import io.larder.conformance.process.LarderProcess;
import io.larder.conformance.process.NodePorts;
import io.larder.conformance.process.Web;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One load of concurrent clients that ends with the node.
final class LoadRound {
  private static final int OPERATIONS_MIN = 20;
  private static final int OPERATIONS_MORE = 200;
  private static final long DELAY_MICROS_MAX = 3_000;
  private static final long LOAD_SECONDS_MAX = 60;

  private final NodePorts ports;
  private final List<Journal> journals;
  private final Tally tally;
  private final Random random;
  private final CountDownLatch enough = new CountDownLatch(1);
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean killing; // told by the killer, asked by the clients

  LoadRound(NodePorts ports, List<Journal> journals, Tally tally, long seed) {
    this.ports = ports;
    this.journals = journals;
    this.tally = tally;
    this.random = new Random(seed);
  }

  /// One client for each journal works until the process is killed, at a moment by chance after a number of answers by chance.
  void untilKilled(LarderProcess process) throws InterruptedException {
    int target = tally.all() + OPERATIONS_MIN + random.nextInt(OPERATIONS_MORE);
    long delayMicros = random.nextLong(DELAY_MICROS_MAX);
    try (Web web = new Web(ports.url())) {
      List<Thread> clients = new ArrayList<>();
      for (Journal journal : journals) {
        Random own = new Random(random.nextLong());
        clients.add(Thread.ofVirtual().start(() -> work(journal, own, web, target)));
      }
      boolean loaded = enough.await(LOAD_SECONDS_MAX, TimeUnit.SECONDS);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(delayMicros));
      killing = true;
      process.killHard();
      for (Thread client : clients) {
        client.join();
      }
      if (!loaded) {
        throw new AssertionError("the load got stuck; its log:\n" + process.log());
      }
    }
    if (!failures.isEmpty()) {
      AssertionError failed = new AssertionError("under load; its log:\n" + process.log());
      failures.forEach(failed::addSuppressed);
      throw failed;
    }
  }

  private void work(Journal journal, Random own, Web web, int target) {
    try (Node node = new Node(ports, web)) {
      Workload workload = new Workload(journal, node, own, tally);
      while (true) {
        workload.step();
        if (tally.all() >= target) {
          enough.countDown();
        }
      }
    } catch (IOException noAnswer) {
      if (!killing) {
        failures.add(noAnswer);
      }
    } catch (RuntimeException | AssertionError wrong) {
      failures.add(wrong);
    }
    enough.countDown();
  }
}

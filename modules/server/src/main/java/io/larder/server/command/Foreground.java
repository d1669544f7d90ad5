package io.larder.server.command;

import ch.qos.logback.classic.LoggerContext;
import io.larder.server.node.Node;
import io.larder.server.node.NodePlan;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Runs a node in the foreground until SIGTERM or Ctrl-C, then ends it in order.
final class Foreground {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean inOrder = new AtomicBoolean();

  private Foreground() {}

  /// Starts the node, waits for the signal, ends the node.
  ///
  /// @param ready told once, when the node serves
  /// @return the exit code
  static int run(NodePlan plan, Consumer<Node> ready) {
    return new Foreground().serve(plan, ready);
  }

  private int serve(NodePlan plan, Consumer<Node> ready) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(this::onShutdown));
    try (Node node = Node.start(plan)) {
      ready.accept(node);
      await(asked);
      inOrder.set(true);
    } finally {
      ended.countDown();
    }
    return ExitCode.OK;
  }

  /// The JVM would end with 143 after SIGTERM even when everything was closed in order; service managers take 0 for that.
  private void onShutdown() {
    asked.countDown();
    await(ended);
    if (inOrder.get()) {
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
        logs.stop();
      }
      Runtime.getRuntime().halt(ExitCode.OK);
    }
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

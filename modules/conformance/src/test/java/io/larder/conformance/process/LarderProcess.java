package io.larder.conformance.process;

import io.larder.conformance.rules.SourceTree;
import io.larder.platform.Confined;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A real node in a process of its own, started from the jars that `mvn package` made.
public final class LarderProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;

  private LarderProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts the command with these words; its output goes to the file.
  public static LarderProcess start(Path log, List<String> words) {
    return start(log, words, Surroundings.plain());
  }

  /// The same with settings in the environment.
  public static LarderProcess start(Path log, List<String> words, Map<String, String> environment) {
    return start(log, words, Surroundings.plain().environment(environment));
  }

  /// The same in other surroundings.
  public static LarderProcess start(Path log, List<String> words, Surroundings in) {
    List<String> line = new ArrayList<>(in.wrapper());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(in.jvm());
    if (in.confinement().isPresent()) {
      line.addAll(
          List.of("-cp", classPath() + ":" + origin(Confined.class), Confined.class.getName()));
      line.add(in.confinement().get().name());
    } else {
      line.addAll(List.of("-cp", classPath()));
    }
    line.add("io.larder.server.command.Main");
    line.addAll(words);
    return launch(log, line, in.environment());
  }

  /// Starts a node by a line of its own, such as the launcher; an empty variable is taken away.
  public static LarderProcess launch(Path log, List<String> line, Map<String, String> environment) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      ProcessBuilder node =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Shell.change(node.environment(), environment);
      return new LarderProcess(node.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folder or jar that a class was loaded from.
  private static String origin(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /// A port of the loopback interface that was free a moment ago.
  public static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until something accepts connections on the port, or fails with the log when the process ends first.
  public LarderProcess awaitPort(int port) {
    return await("port " + port, () -> accepts(port));
  }

  /// Waits until the condition holds, or fails with the log when the process ends first.
  public LarderProcess await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + START_MAX.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what + "; its log:\n" + log());
      }
      pause();
    }
    return this;
  }

  public long pid() {
    return process.pid();
  }

  /// How many files and sockets it has open.
  public long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the log shows stack traces, which only a defect leaves there. One is passed over: Vert.x complains of a connection
  /// that comes before it has begun to measure, and the probes of [#awaitPort] may be that early.
  public List<String> defects() {
    return log()
        .lines()
        .filter(line -> line.startsWith("\tat ") && !line.startsWith("\tat io.vertx.micrometer."))
        .toList();
  }

  /// SIGKILL: nothing of the process runs after this.
  public void killHard() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /// SIGKILL after this time, whatever the process is doing by then.
  public void killHardAfter(Duration time) {
    try {
      if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended by itself; its log:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    killHard();
  }

  /// SIGTERM, and the exit code it ended with. A node promises to end within this time, whatever is under way.
  public int terminate() {
    process.destroy();
    awaitEnd(Duration.ofSeconds(10));
    return process.exitValue();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for an end that comes by itself and returns the exit code.
  public int exitCode() {
    awaitEnd(Duration.ofSeconds(20));
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      killHard();
    }
  }

  private void awaitEnd(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end within " + atMost + "; its log:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String classPath() {
    Path lib = SourceTree.root().resolve("modules/server/target/larder/lib");
    List<String> jars = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(lib, "*.jar")) {
      all.forEach(jar -> jars.add(jar.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution is not built: run mvn verify", e);
    }
    return String.join(":", jars);
  }
}

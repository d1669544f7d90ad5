package io.larder.conformance.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Commands of the operating system that end by themselves.
final class Shell {
  private static final int SECONDS_MAX = 120;

  /// How a command ended.
  ///
  /// @param exitCode as the command says, 127 when it cannot be started
  /// @param output what it said, errors too
  record Outcome(int exitCode, String output) {
    boolean isGood() {
      return exitCode == 0;
    }
  }

  private Shell() {}

  /// Runs a command in our environment.
  static Outcome run(List<String> command) {
    return run(command, Map.of());
  }

  /// Runs a command with more variables; an empty value takes a variable away.
  static Outcome run(List<String> command, Map<String, String> variables) {
    try {
      ProcessBuilder start = new ProcessBuilder(command).redirectErrorStream(true);
      change(start.environment(), variables);
      Process process = start.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end after " + SECONDS_MAX + " s: " + command);
      }
      return new Outcome(process.exitValue(), output);
    } catch (IOException e) {
      return new Outcome(127, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Adds variables; an empty value takes one away.
  static void change(Map<String, String> environment, Map<String, String> variables) {
    variables.forEach((name, value) -> {
      if (value.isEmpty()) {
        environment.remove(name);
      } else {
        environment.put(name, value);
      }
    });
  }

  /// A command with more words.
  static List<String> line(List<String> first, String... then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(then));
    return all;
  }
}

package io.larder.server.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/// One run of the command line inside the test's process.
///
/// @param exitCode what it ended with
/// @param out what it printed
/// @param err what it complained about
record Cli(int exitCode, String out, String err) {
  static Cli run(Object... words) {
    return runWithInput("", words);
  }

  /// @param input its standard input
  static Cli runWithInput(String input, Object... words) {
    return run(input, new ByteArrayOutputStream(), words);
  }

  /// A run whose output nobody reads.
  static Cli runUnread(Object... words) {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    return run("", closed, words);
  }

  private static Cli run(String input, OutputStream out, Object... words) {
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    InputStream inBefore = System.in;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StringWriter said = new StringWriter();
    try {
      System.setOut(new PrintStream(out, false, StandardCharsets.ISO_8859_1));
      System.setErr(new PrintStream(err, true, StandardCharsets.ISO_8859_1));
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)));
      CommandLine line = Main.commandLine().setErr(new PrintWriter(said, true));
      int exitCode = line.execute(Stream.of(words).map(String::valueOf).toArray(String[]::new));
      System.out.flush();
      return new Cli(exitCode, out.toString(), said + err.toString(StandardCharsets.ISO_8859_1));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
      System.setIn(inBefore);
    }
  }

  List<String> lines() {
    return out.lines().toList();
  }
}

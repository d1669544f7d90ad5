package io.larder.server.dump;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.function.Supplier;

/// Where dumps go: lines of text, or one JSON object per line. One thread.
public final class DumpOutput {
  private static final int ROWS_PER_LOOK = 256;

  private final PrintStream out;
  private final boolean json;
  private final StringBuilder waiting = new StringBuilder();
  private int rows;

  /// @param json whether programs read it
  public DumpOutput(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /// Writes a row.
  ///
  /// @param text the row for people, one line or several
  /// @param fields the same for programs
  /// @throws OutputClosedException when nobody reads it
  void row(Supplier<String> text, Supplier<JsonObject> fields) {
    waiting.append(json ? fields.get().encode() : text.get()).append('\n');
    rows++;
    if (rows % ROWS_PER_LOOK == 0) {
      flush();
    }
  }

  /// Writes a line that is for people only.
  void remark(String text) {
    if (!json) {
      waiting.append(text).append('\n');
    }
  }

  /// Hands everything on.
  ///
  /// @throws OutputClosedException when nobody reads it
  public void flush() {
    out.print(waiting);
    waiting.setLength(0);
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }
}

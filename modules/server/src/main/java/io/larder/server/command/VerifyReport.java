package io.larder.server.command;

import io.larder.store.scrub.ContentRule;
import io.larder.store.verify.Check;
import io.larder.store.verify.Finding;
import io.larder.store.verify.Severity;
import io.larder.store.verify.Summary;
import io.larder.store.verify.Verify;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Prints what `larder verify` finds: a line per finding and repair, then the sums; or the same as JSON objects, one per
/// line. Called by one thread at a time.
final class VerifyReport implements Verify.Listener {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MEGABYTE = 1e6;

  private final PrintStream out;
  private final boolean json;
  private final int limit;
  private Consumer<Runnable> over = Runnable::run;

  /// @param limit findings of one kind that are listed
  VerifyReport(PrintStream out, boolean json, int limit) {
    this.out = out;
    this.json = json;
    this.limit = limit;
  }

  /// Sets who takes a progress bar away while a line is printed.
  void over(Consumer<Runnable> display) {
    over = display;
  }

  @Override
  public void found(Finding finding) {
    print(json ? fields(finding).encode() : finding.line());
  }

  @Override
  public void repairing(String text) {
    print(json ? new JsonObject().put("repair", text).encode() : "repair " + text);
  }

  private void print(String line) {
    over.accept(() -> out.println(line));
  }

  private static JsonObject fields(Finding finding) {
    Check check = finding.check();
    return new JsonObject()
        .put("severity", check.severity().text())
        .put("check", check.id())
        .put("path", finding.path())
        .put("what", finding.what())
        .put("remedy", check.remedy());
  }

  // ---- sums

  void summary(Summary summary) {
    print(json ? fields(summary).encode() : text(summary));
    out.flush();
  }

  private JsonObject fields(Summary summary) {
    JsonObject findings = new JsonObject();
    summary.counts().forEach((check, count) -> findings.put(check.id(), count));
    JsonObject notCompared = new JsonObject();
    summary.notCompared().forEach((reason, count) -> notCompared.put(word(reason), count));
    return new JsonObject()
        .put("summary", true)
        .put("interrupted", summary.interrupted())
        .put("errors", summary.count(Severity.ERROR))
        .put("warnings", summary.count(Severity.WARNING))
        .put("notes", summary.count(Severity.NOTE))
        .put("findings", findings)
        .put("files", summary.files())
        .put("bytes", summary.bytes())
        .put("seconds", summary.nanos() / NANOS_PER_SECOND)
        .put("comparedByCrc", summary.byCrc())
        .put("comparedBySize", summary.bySize())
        .put("notCompared", notCompared)
        .put("repaired", summary.repaired())
        .put("repairsLeft", summary.repairsLeft());
  }

  private String text(Summary summary) {
    StringBuilder text = new StringBuilder();
    if (summary.interrupted()) {
      text.append("INTERRUPTED: only a part was checked\n");
    }
    notListed(text, summary.counts());
    double seconds = summary.nanos() / NANOS_PER_SECOND;
    text.append(
        String.format(
            Locale.ROOT,
            "%d files and slots, %.1f MB read, %.1f s (%.0f files/s, %.1f MB/s)%n",
            summary.files(),
            summary.bytes() / MEGABYTE,
            seconds,
            summary.files() / Math.max(seconds, 1e-3),
            summary.bytes() / MEGABYTE / Math.max(seconds, 1e-3)));
    text.append(
        String.format(
            Locale.ROOT,
            "compared by size and CRC32: %d, by size alone: %d, not at all: %s%n",
            summary.byCrc(),
            summary.bySize(),
            notCompared(summary.notCompared())));
    if (summary.repaired() > 0 || summary.repairsLeft() > 0) {
      text.append("repaired: ").append(summary.repaired());
      text.append(", left for another run: ").append(summary.repairsLeft()).append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%d errors, %d warnings, %d notes",
            summary.count(Severity.ERROR),
            summary.count(Severity.WARNING),
            summary.count(Severity.NOTE)));
    return text.toString();
  }

  private void notListed(StringBuilder text, Map<Check, Long> counts) {
    counts.forEach((check, count) -> {
      if (count > limit) {
        text.append(count - limit).append(" more of ").append(check.id());
        text.append(" are not listed (--limit)\n");
      }
    });
  }

  private static String notCompared(Map<ContentRule.Reason, Long> counts) {
    return counts.isEmpty()
        ? "0"
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + word(entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static String word(ContentRule.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

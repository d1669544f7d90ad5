package io.larder.http.file;

import io.larder.http.problem.Problem;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.token.AntiStealToken;
import java.util.Optional;

/// Whether a download needs a token, and whether it has a good one (S5 §3).
///
/// @param token how tokens are checked; empty: none is needed
/// @param form over which name tokens are made
/// @param failFile whether a file is sent in place of a refusal when a token is wrong
public record DownloadGate(Optional<AntiStealToken> token, Form form, boolean failFile) {
  /// Over which name a token is made.
  public enum Form {
    /// The logical name alone, as the nginx module and the Java clients do.
    WITHOUT_GROUP,
    /// Group and name, as servers up to 4.04 and the example URLs of the C tools; the form above is good as well.
    EITHER
  }

  /// Every download is free.
  public static final DownloadGate OPEN =
      new DownloadGate(Optional.empty(), Form.WITHOUT_GROUP, false);

  /// What the gate says.
  public sealed interface Verdict {}

  /// Come in.
  public record Pass() implements Verdict {}

  /// Stay out.
  ///
  /// @param problem why
  public record Stop(Problem problem) implements Verdict {}

  /// The file for those who fail is to be sent, with status 200.
  public record Instead() implements Verdict {}

  private static final Verdict PASS = new Pass();

  /// Looks at the parameters `token` and `ts`.
  Verdict check(FileTarget target, long nowSeconds) {
    if (token.isEmpty()) {
      return PASS;
    }
    Optional<String> given = target.query().first("token");
    Optional<String> ts = target.query().first("ts");
    if (given.isEmpty() || ts.isEmpty()) {
      return new Stop(
          Problem.badRequest("This file needs the parameters token and ts in its URL."));
    }
    AntiStealToken.Outcome outcome =
        outcome(token.get(), target.id(), given.get(), decimal(ts.get()), nowSeconds);
    if (outcome == AntiStealToken.Outcome.OK) {
      return PASS;
    }
    return failFile ? new Instead() : new Stop(refusal(outcome));
  }

  private AntiStealToken.Outcome outcome(
      AntiStealToken check, FileId id, String given, int ts, long nowSeconds) {
    AntiStealToken.Outcome alone = check.check(id.name().text(), given, ts, nowSeconds);
    return alone == AntiStealToken.Outcome.WRONG && form == Form.EITHER
        ? check.check(id.toString(), given, ts, nowSeconds)
        : alone;
  }

  private static Problem refusal(AntiStealToken.Outcome outcome) {
    return switch (outcome) {
      case EXPIRED -> new Problem(400, Status.ETIMEDOUT, "The token of this URL has expired.");
      case WRONG -> new Problem(400, Status.EPERM, "The token of this URL is not the file's.");
      case OK, MALFORMED ->
          Problem.badRequest("The token of this URL does not have 32 characters.");
    };
  }

  /// A number as C's `atoi` reads it, because links exist that rely on it: blanks, a sign, digits, and the rest does not
  /// count; no digits are 0.
  static int decimal(String text) {
    String trimmed = text.stripLeading();
    boolean negative = trimmed.startsWith("-");
    long value = 0;
    for (int i = negative || trimmed.startsWith("+") ? 1 : 0; i < trimmed.length(); i++) {
      int digit = trimmed.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = Math.min(value * 10 + digit, Integer.MAX_VALUE);
    }
    return (int) (negative ? -value : value);
  }
}

package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The second pass over a file: writes out the lines between `#@for` and `#@endfor` once per round.
///
/// The text after the last `{$i}` of a round is kept; the reference can lose it (S2 §7.0).
final class ConfRepetition {
  /// Most lines a file may have after repetition.
  static final int LINES_MAX = 100_000;

  private static final String FOR = "#@for";
  private static final Pattern HEAD =
      Pattern.compile(
          "(\\w{1,63})[ \\t]+from[ \\t]+(-?\\d{1,9})[ \\t]+to[ \\t]+(-?\\d{1,9})(?:[ \\t]+step[ \\t]+(-?\\d{1,9}))?");

  private final List<ConfProblem> problems;

  ConfRepetition(List<ConfProblem> problems) {
    this.problems = problems;
  }

  /// @throws ConfException when the file would grow beyond [#LINES_MAX] lines
  List<ConfLine> repeat(List<ConfLine> lines) {
    var out = new ArrayList<ConfLine>();
    int i = 0;
    while (i < lines.size()) {
      ConfLine line = lines.get(i);
      int end = line.isTag(FOR) ? ConfLine.find(lines, i, lines.size(), "#@endfor") : -1;
      if (end < 0) {
        if (line.isTag(FOR)) {
          problems.add(
              ConfProblem.warning(line.at(), FOR, "ignored: there is no #@endfor after it"));
        }
        out.add(line);
        i++;
        continue;
      }
      List<ConfLine> body = lines.subList(i + 1, end);
      Rounds.parse(line.after(FOR))
          .ifPresentOrElse(
              rounds -> writeOut(line, rounds, body, out),
              () ->
                  problems.add(
                      ConfProblem.warning(
                          line.at(),
                          FOR,
                          "its lines are left out: it must read '#@for NAME from A to B step S', S not 0")));
      i = end + 1;
    }
    return out;
  }

  private static void writeOut(
      ConfLine head, Rounds rounds, List<ConfLine> body, List<ConfLine> out) {
    String tag = "{$" + rounds.name + "}";
    long size = out.size() + rounds.count() * Math.max(1, body.size());
    if (size > LINES_MAX) {
      throw new ConfException(
          head.at(), FOR, head.after(FOR), "it makes " + size + " lines", "at most " + LINES_MAX);
    }
    for (long n = 0; n < rounds.count(); n++) {
      String number = Long.toString(rounds.from + n * rounds.step);
      for (ConfLine line : body) {
        out.add(line.withText(line.text().replace(tag, number)));
      }
    }
  }

  /// A counted loop, both ends inclusive.
  private record Rounds(String name, long from, long to, long step) {
    static Optional<Rounds> parse(String text) {
      Matcher head = HEAD.matcher(text);
      if (!head.matches()) {
        return Optional.empty();
      }
      String step = head.group(4);
      var rounds =
          new Rounds(
              head.group(1),
              Long.parseLong(head.group(2)),
              Long.parseLong(head.group(3)),
              step == null ? 1 : Long.parseLong(step));
      return rounds.step == 0 ? Optional.empty() : Optional.of(rounds);
    }

    long count() {
      return Math.max(0, (to - from) / step + (sameDirection() ? 1 : 0));
    }

    private boolean sameDirection() {
      return step > 0 ? to >= from : to <= from;
    }
  }
}

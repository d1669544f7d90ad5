package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The first pass over a file: keeps or drops the lines between `#@if`, `#@else` and `#@endif`.
///
/// There is no nesting: the first `#@endif` ends a choice, and a tag inside a choice is a comment,
/// as in the reference (S2 §7.0).
final class ConfSelection {
  private static final String IF = "#@if";
  private static final int VALUES_MAX = 32;

  private final ConfVariables variables;
  private final List<ConfProblem> problems;

  ConfSelection(ConfVariables variables, List<ConfProblem> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /// The lines that remain. `#@set` lines before a choice already count for it.
  List<ConfLine> select(List<ConfLine> lines) {
    var kept = new ArrayList<ConfLine>();
    // The last pass carries out the same lines again and reports what is wrong with them.
    var alreadyReportedLater = new ArrayList<ConfProblem>();
    int i = 0;
    while (i < lines.size()) {
      ConfLine line = lines.get(i);
      int end = line.isTag(IF) ? ConfLine.find(lines, i, lines.size(), "#@endif") : -1;
      if (end < 0) {
        if (line.isTag(IF)) {
          problems.add(ConfProblem.warning(line.at(), IF, "ignored: there is no #@endif after it"));
        }
        variables.set(line, alreadyReportedLater);
        kept.add(line);
        i++;
        continue;
      }
      for (ConfLine chosen : choose(lines, i, end)) {
        variables.set(chosen, alreadyReportedLater);
        kept.add(chosen);
      }
      i = end + 1;
    }
    return kept;
  }

  private List<ConfLine> choose(List<ConfLine> lines, int start, int end) {
    int otherwise = ConfLine.find(lines, start, end, "#@else");
    List<ConfLine> chosen;
    if (holds(lines.get(start))) {
      chosen = lines.subList(start + 1, otherwise < 0 ? end : otherwise);
    } else {
      chosen = otherwise < 0 ? List.of() : lines.subList(otherwise + 1, end);
    }
    for (ConfLine line : chosen) {
      if (line.isTag(IF)) {
        problems.add(ConfProblem.warning(line.at(), IF, "ignored: choices cannot be nested"));
      }
    }
    return chosen;
  }

  private boolean holds(ConfLine line) {
    String rest = line.after(IF);
    int close = rest.startsWith("%{") ? rest.indexOf('}') : -1;
    String list = close < 0 ? "" : rest.substring(close + 1).trim();
    boolean wellFormed = list.startsWith("in") && list.endsWith("]");
    list = wellFormed ? list.substring(2).trim() : "";
    if (!list.startsWith("[")) {
      problems.add(
          ConfProblem.warning(
              line.at(), IF, "taken as false: it must read '#@if %{NAME} in [value, value]'"));
      return false;
    }
    String name = rest.substring(2, close).trim();
    List<String> wanted = values(line, list.substring(1, list.length() - 1));
    Optional<Boolean> answer = variables.isOneOf(name, wanted);
    if (answer.isEmpty()) {
      problems.add(ConfProblem.warning(line.at(), IF, "taken as false: unknown variable " + name));
    }
    return answer.orElse(false);
  }

  private List<String> values(ConfLine line, String list) {
    List<String> values =
        Arrays.stream(list.split(",", -1)).map(String::trim).filter(v -> !v.isEmpty()).toList();
    if (values.size() <= VALUES_MAX) {
      return values;
    }
    problems.add(
        ConfProblem.warning(line.at(), IF, "only the first " + VALUES_MAX + " values count"));
    return values.subList(0, VALUES_MAX);
  }
}

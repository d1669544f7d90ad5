package io.larder.protocol.conf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables of a reading: those of `#@set`, and what the host says about itself.
///
/// Owned by one [ConfReader].
final class ConfVariables {
  private static final String SET = "#@set";

  private final ConfSource source;
  private final Map<String, String> values = new HashMap<>();

  ConfVariables(ConfSource source) {
    this.source = source;
  }

  /// Carries out a `#@set` line; other lines do nothing.
  void set(ConfLine line, List<ConfProblem> problems) {
    if (!line.isTag(SET)) {
      return;
    }
    String rest = line.after(SET);
    int equals = rest.indexOf('=');
    String name = equals < 0 ? "" : rest.substring(0, equals).trim();
    if (name.isEmpty()) {
      problems.add(
          ConfProblem.warning(line.at(), SET, "ignored: it must read '#@set NAME = value'"));
      return;
    }
    String value = rest.substring(equals + 1).trim();
    if (value.startsWith("$(") && value.endsWith(")")) {
      problems.add(
          ConfProblem.warning(
              line.at(), SET, "commands are never run: " + name + " is set to the empty text"));
      value = "";
    }
    values.put(name, replace(value, line.at(), problems));
  }

  /// Puts the values of `%{NAME}` into a text; an unknown name stays as it is.
  String replace(String text, Origin.InFile at, List<ConfProblem> problems) {
    var out = new StringBuilder();
    int from = 0;
    while (true) {
      int start = text.indexOf("%{", from);
      int end = start < 0 ? -1 : text.indexOf('}', start);
      if (end < 0) {
        return out.append(text, from, text.length()).toString();
      }
      String name = text.substring(start + 2, end).trim();
      String value = values.get(name);
      if (value == null) {
        problems.add(ConfProblem.warning(at, name, "this variable is not set; its name is kept"));
        value = text.substring(start, end + 1);
      }
      out.append(text, from, start).append(value);
      from = end + 1;
    }
  }

  /// Whether the variable has one of the wanted values; empty when there is no such variable.
  Optional<Boolean> isOneOf(String name, List<String> wanted) {
    return switch (name) {
      case "LOCAL_IP" -> Optional.of(wanted.stream().anyMatch(this::isLocal));
      case "LOCAL_HOST" -> Optional.of(wanted.contains(source.hostName()));
      default -> Optional.ofNullable(values.get(name)).map(wanted::contains);
    };
  }

  private boolean isLocal(String wanted) {
    return IpBlock.parse(wanted)
        .map(block -> source.localAddresses().stream().anyMatch(block::containsText))
        .orElse(false);
  }
}

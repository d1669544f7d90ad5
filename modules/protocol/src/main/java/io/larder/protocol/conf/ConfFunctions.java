package io.larder.protocol.conf;

import java.util.List;

/// The functions that `#@function` puts in front of an item: one value in, any number of values out.
final class ConfFunctions {
  private static final String FUNCTION = "#@function";

  private final ConfSource source;
  private final ConfVariables variables;
  private final List<ConfProblem> problems;

  ConfFunctions(ConfSource source, ConfVariables variables, List<ConfProblem> problems) {
    this.source = source;
    this.variables = variables;
    this.problems = problems;
  }

  /// The values that stand for `value`; each becomes an item of its own.
  List<String> apply(String function, String value, Origin.InFile at) {
    return switch (function) {
      case "LOCAL_IP_GET" -> localAddresses(value, at);
      case "REPLACE_VARS" -> List.of(variables.replace(value, at, problems));
      default -> {
        problems.add(
            ConfProblem.warning(
                at, FUNCTION, "unknown function " + function + ": the value is used as it stands"));
        yield List.of(value);
      }
    };
  }

  /// Addresses of this host: `inner` or `private`, anything else means the outer ones; `[n]` picks
  /// one, `[-1]` the last.
  private List<String> localAddresses(String value, Origin.InFile at) {
    int bracket = value.indexOf('[');
    String kind = (bracket < 0 ? value : value.substring(0, bracket)).trim();
    boolean inner = kind.equals("inner") || kind.equals("private");
    List<String> found =
        source.localAddresses().stream()
            .filter(ip -> !IpKind.isLoopback(ip))
            .filter(ip -> IpKind.of(ip).isInner() == inner)
            .toList();
    if (bracket < 0 && !found.isEmpty()) {
      return found;
    }
    int index = bracket < 0 ? 0 : index(value.substring(bracket), found.size());
    if (index >= 0 && index < found.size()) {
      return List.of(found.get(index));
    }
    problems.add(
        ConfProblem.warning(
            at,
            FUNCTION,
            "LOCAL_IP_GET finds no address for '" + value + "': the item is left out"));
    return List.of();
  }

  private static int index(String bracketed, int size) {
    if (!bracketed.matches("\\[[ \\t]*-?\\d{1,4}[ \\t]*]")) {
      return -1;
    }
    int index = Integer.parseInt(bracketed.substring(1, bracketed.length() - 1).trim());
    return index < 0 ? size + index : index;
  }
}

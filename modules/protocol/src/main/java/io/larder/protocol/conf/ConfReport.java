package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What `larder config show` and `larder config check` print. Pure.
///
/// @param file the file that was looked at
/// @param values every setting with its value and origin
/// @param problems all that is wrong or worth saying, errors first
public record ConfReport(String file, List<EffectiveValue> values, List<ConfProblem> problems) {
  public ConfReport {
    values = List.copyOf(values);
    problems = List.copyOf(problems);
  }

  /// Reads every value by itself, then all records, and collects what is refused instead of stopping
  /// at the first.
  ///
  /// @param readers the records of the node, for example `TrackerConf::read`
  public static ConfReport of(
      EffectiveSettings settings, List<Consumer<EffectiveSettings>> readers) {
    Set<ConfProblem> errors = new LinkedHashSet<>();
    for (EffectiveValue value : settings.values()) {
      collect(errors, () -> settings.list(value.setting()));
    }
    for (Consumer<EffectiveSettings> reader : readers) {
      collect(errors, () -> reader.accept(settings));
    }
    List<ConfProblem> all = new ArrayList<>(errors);
    all.addAll(settings.problems());
    return new ConfReport(settings.fileName(), settings.values(), all);
  }

  private static void collect(Set<ConfProblem> errors, Runnable reading) {
    try {
      reading.run();
    } catch (ConfException e) {
      String value = e.value().isEmpty() ? "" : "'" + e.value() + "' is refused, ";
      String message = value + e.reason() + " (allowed: " + e.allowed() + ")";
      errors.add(ConfProblem.error(e.at(), e.key(), message));
    }
  }

  /// Whether a node would refuse to start.
  public boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.severity() == ConfProblem.Severity.ERROR);
  }

  /// The lines of `config show`.
  public List<String> shown() {
    return values.stream().map(EffectiveValue::toString).toList();
  }

  /// The lines of `config check`.
  public List<String> explained() {
    return problems.stream().map(ConfProblem::toString).toList();
  }
}

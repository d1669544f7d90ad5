package io.larder.protocol.conf;

import java.util.List;
import java.util.stream.Collectors;

/// What a setting is in the end, and who said so.
///
/// @param setting the row, numbers filled in
/// @param given one text, several for a repeated setting, none when there is no value at all
public record EffectiveValue(Setting<?> setting, List<Given> given) {

  /// A text and its origin.
  ///
  /// @param text as written
  /// @param origin who wrote it
  public record Given(String text, Origin origin) {}

  public EffectiveValue {
    given = List.copyOf(given);
  }

  /// Whether anybody but the default said something.
  public boolean isSet() {
    return given.stream().anyMatch(one -> !(one.origin() instanceof Origin.Default));
  }

  /// Where the value came from; the first place for a list, the default for none.
  public Origin origin() {
    return given.isEmpty() ? new Origin.Default() : given.getFirst().origin();
  }

  /// The value for people; a secret is hidden.
  public String shown() {
    if (given.isEmpty()) {
      String absence = setting.absence();
      return absence.isEmpty() ? "(not set)" : "(" + absence + ")";
    }
    if (setting.isSecret()) {
      return "(hidden)";
    }
    return given.stream().map(Given::text).collect(Collectors.joining(", "));
  }

  /// A line of `larder config show`.
  @Override
  public String toString() {
    return setting + " = " + shown() + "  # " + origin();
  }
}

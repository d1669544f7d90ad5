package io.larder.protocol.conf;

import java.util.List;
import java.util.Map;

/// What stands above a conf file: the command line, then the environment.
///
/// @param commandLine the settings that options of the command line set
/// @param environment all variables of the process
public record Overrides(List<FromOption> commandLine, Map<String, String> environment) {
  /// Nothing but the file.
  public static final Overrides NONE = new Overrides(List.of(), Map.of());

  /// What one option of the command line sets.
  ///
  /// @param setting the setting, numbers filled in
  /// @param texts its value as a conf file would have it; several for a repeated setting
  /// @param option the option as the user typed it
  public record FromOption(Setting<?> setting, List<String> texts, String option) {
    public FromOption {
      texts = List.copyOf(texts);
    }
  }

  public Overrides {
    commandLine = List.copyOf(commandLine);
    environment = Map.copyOf(environment);
  }
}

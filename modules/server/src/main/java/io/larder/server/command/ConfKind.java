package io.larder.server.command;

import io.larder.protocol.conf.ClientConf;
import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.ConfReport;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.HttpConf;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.SettingsTable;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.conf.TrackerConf;
import io.larder.server.node.Sections;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The kinds of conf files that `larder config` explains.
enum ConfKind {
  TRACKER,
  STORAGE,
  CLIENT,
  HTTP;

  /// The kind that a file name tells, for example `tracker.conf` or `storage1.conf`.
  static ConfKind of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (ConfKind kind : values()) {
      if (name.contains(kind.name().toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw CommandFailure.usage(
        "'"
            + file
            + "' does not tell by its name which role it is for. Remedy: say it with --kind.");
  }

  EffectiveSettings settings(ConfFile file, Overrides overrides) {
    SettingsTable[] sections = Sections.tables();
    return switch (this) {
      case TRACKER -> TrackerConf.settings(file, overrides, sections);
      case STORAGE -> StorageConf.settings(file, overrides, sections);
      case CLIENT -> ClientConf.settings(file, overrides);
      case HTTP -> HttpConf.settings(file, overrides);
    };
  }

  ConfReport report(EffectiveSettings settings) {
    List<Consumer<EffectiveSettings>> readers =
        switch (this) {
          case TRACKER -> List.of(TrackerConf::read, HttpConf::read, Sections::read);
          case STORAGE -> List.of(StorageConf::read, HttpConf::read, Sections::read);
          case CLIENT -> List.of(ClientConf::read);
          case HTTP -> List.of(HttpConf::read);
        };
    return ConfReport.of(settings, readers);
  }
}

package io.larder.server.node;

import io.larder.http.HttpSettings;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.HttpConf;
import io.larder.protocol.conf.SettingsTable;
import io.larder.store.DiskLimits;
import io.larder.store.DurabilitySettings;
import io.larder.store.scrubber.ScrubSettings;
import java.nio.file.Path;

/// What a conf file says beyond its role: the sections that rooms own, and the keys of http.conf.
///
/// @param http the `[http]` section
/// @param durability the `[durability]` section
/// @param disk the `[disk]` section
/// @param scrub the `[scrub]` section
/// @param downloads the keys of http.conf
/// @param folder where the file lies: relative names in it begin there
public record Sections(
    HttpSettings http,
    DurabilitySettings durability,
    DiskLimits disk,
    ScrubSettings scrub,
    HttpConf downloads,
    Path folder) {
  /// The table of the `[http]` section.
  public static final SettingsTable HTTP = HttpSettings.TABLE;

  /// The tables of all sections, so that unknown keys are found.
  public static SettingsTable[] tables() {
    return new SettingsTable[] {
      HTTP, DurabilitySettings.TABLE, DiskLimits.TABLE, ScrubSettings.TABLE
    };
  }

  /// Reads all sections.
  ///
  /// @throws io.larder.protocol.conf.ConfException when a value is refused
  public static Sections read(EffectiveSettings in) {
    return new Sections(
        HttpSettings.read(in),
        DurabilitySettings.read(in),
        DiskLimits.read(in),
        ScrubSettings.read(in),
        HttpConf.read(in),
        folder(in.fileName()));
  }

  private static Path folder(String file) {
    Path parent = Path.of(file).toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }
}

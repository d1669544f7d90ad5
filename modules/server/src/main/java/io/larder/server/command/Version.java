package io.larder.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version of this build, as Maven wrote it into the jar.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"larder " + text() + " (Java " + Runtime.version() + ")"};
  }

  /// The bare version, for example `0.1.0`.
  static String text() {
    Properties written = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/larder-version.properties")) {
      if (in == null) {
        throw new IllegalStateException("larder-version.properties is missing in the jar");
      }
      written.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("larder-version.properties cannot be read", e);
    }
    return written.getProperty("version");
  }
}

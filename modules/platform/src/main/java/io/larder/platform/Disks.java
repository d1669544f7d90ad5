package io.larder.platform;

import java.nio.file.Path;

/// Chooses the form of the [Disk] at start.
public final class Disks {
  /// Which form is wanted.
  public enum Form {
    /// System calls where they can be made, else channels.
    BEST,
    /// The JDK's file channels.
    CHANNELS
  }

  /// A form and why it was taken.
  ///
  /// @param disk the form
  /// @param reason one line for the log
  public record Choice(Disk disk, String reason) {}

  private Disks() {}

  /// Takes system calls if this machine lets us make them, else file channels.
  ///
  /// @param wanted which form is wanted
  public static Choice choose(Form wanted) {
    if (wanted == Form.CHANNELS) {
      return new Choice(new ChannelDisk(), "file channels, as asked for");
    }
    String obstacle = LinuxCalls.obstacle();
    if (!obstacle.isEmpty()) {
      return new Choice(new ChannelDisk(), "file channels: " + obstacle);
    }
    return linux();
  }

  private static Choice linux() {
    try {
      LinuxDisk disk = new LinuxDisk(LinuxFeatures.probe());
      int root = disk.openDirectory(Path.of("/"));
      int status = root < 0 ? root : disk.status(root, new FileStatus());
      if (root >= 0) {
        disk.close(root);
      }
      return status < 0
          ? new Choice(
              new ChannelDisk(), "file channels: system calls refused, " + Errno.text(-status))
          : new Choice(disk, disk.description());
    } catch (RuntimeException | LinkageError e) {
      // No native access for this JVM, or a libc without `syscall`: the start must not depend on
      // either.
      return new Choice(new ChannelDisk(), "file channels: foreign functions not available, " + e);
    }
  }
}

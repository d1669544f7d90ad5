package io.larder.conformance.process;

import java.util.List;

/// Mounts that only one process sees.
///
/// Needs root, or user namespaces that everybody may make. Where there is neither the tests fail and say so: what they try
/// can be tried nowhere else.
final class MountNamespace {
  private static final List<List<String>> WAYS =
      List.of(List.of("unshare", "--mount"), List.of("unshare", "--map-root-user", "--mount"));

  private MountNamespace() {}

  /// The command that gives a process mounts of its own.
  static List<String> enter() {
    return WAYS.stream()
        .filter(way -> Shell.run(Shell.line(way, "mount", "-t", "tmpfs", "tmpfs", "/mnt")).isGood())
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "no mount namespace can be made here, and this test needs one. Remedy: run as root, or let users"
                    + " make namespaces (sysctl kernel.unprivileged_userns_clone=1)."));
  }
}
